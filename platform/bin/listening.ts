import { hostname, networkInterfaces } from 'node:os';
import {
  countyCertificate,
  type KeptCertificate,
  openAuthorityFolder,
  openKeptCertificate,
  ownCertificate,
  ownNames,
} from '../certificates/index.ts';
import type { ListenAt } from '../http/index.ts';
import { nodeClock, nodeTimers } from '../nodePorts.ts';
import type { Log } from '../ports.ts';
import type { PlatformOptions } from './options.ts';

type Asked = Pick<PlatformOptions, 'dataFolder' | 'host' | 'port' | 'publicHost' | 'tls' | 'county'>;

/** Where the command line asks to listen, with the certificate that it asks for. Rejects with a sentence when desks would not believe that one. */
export async function openListening({ options, log }: { options: Asked; log: Log }): Promise<ListenAt> {
  const { host, port, publicHost } = options;
  const certificate = await openCertificate({ options, log });
  return { host, port, ...(publicHost === null ? {} : { publicHost }), ...(certificate === null ? {} : { certificate }) };
}

async function openCertificate({ options, log }: { options: Asked; log: Log }): Promise<KeptCertificate | null> {
  const { tls, host, publicHost, dataFolder, county } = options;
  if (tls === null) return null;
  const folder = openAuthorityFolder(dataFolder);
  const load = async () => {
    const nowMs = nodeClock.nowMs();
    if (tls.kind === 'county') return countyCertificate({ files: tls.files, names: [publicHost ?? host], nowMs });
    return await ownCertificate({ folder, authorityName: authorityNameOf(county), names: namesOfThisMachine({ host, publicHost }), nowMs });
  };
  const kept = await openKeptCertificate({ load, clock: nodeClock, timers: nodeTimers, log });
  const { authority, names, validToMs } = kept.current();
  log.info(
    { authority: authority.name, fingerprint: authority.fingerprint, names, validTo: new Date(validToMs).toISOString() },
    'encrypted',
  );
  process.stderr.write(`Desks that come for the first time show this fingerprint of ${authority.name}: ${authority.fingerprint}\n`);
  return kept;
}

/** What people read in their browsers' lists of authorities. */
export function authorityNameOf({ name }: { name: string }): string {
  return `${name} Commandwall CA`;
}

/** Every name and address of this machine, for its certificate. */
export function namesOfThisMachine({ host, publicHost }: { host: string; publicHost: string | null }): readonly string[] {
  const addresses = Object.values(networkInterfaces()).flatMap((each) => (each ?? []).map(({ address }) => address));
  return ownNames({ publicHost, host, hostname: hostname(), addresses });
}
