import path from 'node:path';
import { parseArgs } from 'node:util';
import { CountyId } from '#contract/values/index.ts';
import type { CountyFiles } from '../certificates/index.ts';
import type { CountyProfile } from '../ports.ts';

/** What the process was asked to be. */
export type PlatformOptions = {
  readonly dataFolder: string;
  readonly cacheFolder: string;
  readonly host: string;
  readonly port: number;
  /** What desks call this platform, where that is not `host`; null = by `host`. */
  readonly publicHost: string | null;
  /** Whose certificate encrypts; null = nothing is encrypted. */
  readonly tls: { readonly kind: 'own' } | { readonly kind: 'county'; readonly files: CountyFiles } | null;
  readonly plainHttp: 'allowed' | 'refused';
  readonly mode: 'demo' | 'normal';
  readonly scale: 'county' | 'prefecture';
  readonly ffmpeg: string;
  /** Where drones and body cameras send to; null = they do not. */
  readonly rtmpPort: number | null;
  /** File of certificates (PEM) that cameras' own are believed by; null = only pinned ones are. */
  readonly cameraAuthorities: string | null;
  /** How many of the machine's cores encoding may take; null = half of them. */
  readonly transcodingCores: number | null;
  /** Space that is kept free for what must be written when the disk is full. Unit: bytes. */
  readonly reserveBytes: number;
  /** The county of a new record outside a demo. */
  readonly county: CountyProfile;
};

/** `--help`, and what a wrong option is answered with. */
export const platformHelp = `The platform of a command room.

  --data DIR              where everything is kept (default: data/platform)
  --cache DIR             what can be made again, such as the demo's pictures (default: .cache)
  --host ADDRESS          address to listen on (default: 127.0.0.1)
  --port N                port to listen on, 0 = any free one (default: 7080)
  --public-host NAME      what desks call this platform, when it listens on several addresses or behind a name (default: --host)
  --tls                   encrypt (HTTPS, HTTP/2) with a certificate of the county's own authority, which is made at the first start
  --tls-cert FILE --tls-key FILE --tls-ca FILE   encrypt with a certificate that the county has: it and those in between, its key, its authority (PEM)
  --plain-http            listen for other machines without encryption, where nobody else is on the network
  --demo                  an invented county with accounts that everybody may use
  --scale county|prefecture   size of the invented county (default: county)
  --ffmpeg PATH           the ffmpeg program (default: ffmpeg)
  --rtmp-port N           port where cameras that send by RTMP come in, usually 1935 (default: none do)
  --camera-ca FILE        certificates (PEM) of who signs the cameras' own; without it only pinned ones are believed
  --transcoding-cores N   cores that encoding (masks, HEVC) may take, like 1.5; 0 = nothing is encoded (default: half of them)
  --reserve-mb N          disk space kept free so that closed views and ended sessions are still written (default: 256, demo: 16)
  --county-id ID          outside the demo: id of the county, once, at the first start (default: county)
  --county-name NAME      its name (default: 本县)
  --county-name-en NAME   its English name (default: County)
  --time-zone ZONE        its IANA time zone (default: Asia/Shanghai)
`;

const options = {
  data: { type: 'string', default: 'data/platform' },
  cache: { type: 'string', default: '.cache' },
  host: { type: 'string', default: '127.0.0.1' },
  port: { type: 'string', default: '7080' },
  'public-host': { type: 'string' },
  tls: { type: 'boolean', default: false },
  'tls-cert': { type: 'string' },
  'tls-key': { type: 'string' },
  'tls-ca': { type: 'string' },
  'plain-http': { type: 'boolean', default: false },
  demo: { type: 'boolean', default: false },
  scale: { type: 'string', default: 'county' },
  ffmpeg: { type: 'string', default: 'ffmpeg' },
  'rtmp-port': { type: 'string' },
  'camera-ca': { type: 'string' },
  'transcoding-cores': { type: 'string' },
  'reserve-mb': { type: 'string' },
  'county-id': { type: 'string', default: 'county' },
  'county-name': { type: 'string', default: '本县' },
  'county-name-en': { type: 'string', default: 'County' },
  'time-zone': { type: 'string', default: 'Asia/Shanghai' },
  help: { type: 'boolean', default: false },
} as const;

/** Reads the command line; throws a sentence when it makes no sense. */
export function parsePlatformOptions(argv: readonly string[]): PlatformOptions | 'help' {
  const { values } = parseArgs({ args: [...argv], options });
  if (values.help) return 'help';
  checkPort('--port', values.port);
  checkPort('--rtmp-port', values['rtmp-port'] ?? '0');
  if (values.scale !== 'county' && values.scale !== 'prefecture')
    throw new Error(`--scale must be county or prefecture, not "${values.scale}"`);
  const cores = values['transcoding-cores'];
  if (cores !== undefined && !/^\d{1,3}(\.\d{1,2})?$/.test(cores))
    throw new Error(`--transcoding-cores must be a number of cores, not "${cores}"`);
  const reserveMb = values['reserve-mb'] ?? (values.demo ? '16' : '256');
  if (!/^\d{1,6}$/.test(reserveMb)) throw new Error(`--reserve-mb must be a number of MiB, not "${reserveMb}"`);
  const countyId = CountyId.safeParse(values['county-id']);
  if (!countyId.success) throw new Error(`--county-id must be letters, digits, dots and dashes, not "${values['county-id']}"`);
  if (!isTimeZone(values['time-zone']))
    throw new Error(`--time-zone must be an IANA name like Asia/Shanghai, not "${values['time-zone']}"`);
  return {
    dataFolder: path.resolve(values.data),
    cacheFolder: path.resolve(values.cache),
    host: values.host,
    port: Number(values.port),
    publicHost: publicHostFrom(values),
    tls: tlsFrom(values),
    plainHttp: values['plain-http'] ? 'allowed' : 'refused',
    mode: values.demo ? 'demo' : 'normal',
    scale: values.scale,
    ffmpeg: values.ffmpeg,
    rtmpPort: values['rtmp-port'] === undefined ? null : Number(values['rtmp-port']),
    cameraAuthorities: values['camera-ca'] === undefined ? null : path.resolve(values['camera-ca']),
    transcodingCores: cores === undefined ? null : Number(cores),
    reserveBytes: Number(reserveMb) * 1024 * 1024,
    county: {
      countyId: countyId.data,
      name: values['county-name'],
      nameEn: values['county-name-en'],
      timeZone: values['time-zone'],
    },
  };
}

function publicHostFrom(given: {
  host: string;
  'public-host'?: string | undefined;
  tls: boolean;
  'tls-cert'?: string | undefined;
}): string | null {
  const name = given['public-host'];
  if (name !== undefined && !URL.canParse(`https://${name.includes(':') ? `[${name}]` : name}/`))
    throw new Error(`--public-host must be a host name or an address, not "${name}"`);
  const isEncrypted = given.tls || given['tls-cert'] !== undefined;
  if (isEncrypted && name === undefined && (given.host === '0.0.0.0' || given.host === '::'))
    throw new Error(`--host ${given.host} names no machine: say with --public-host what desks call this platform`);
  return name ?? null;
}

type TlsGiven = { readonly tls: boolean } & { readonly [Name in 'tls-cert' | 'tls-key' | 'tls-ca']?: string | undefined };

function tlsFrom(given: TlsGiven): PlatformOptions['tls'] {
  const [certificate, key, authority] = [given['tls-cert'], given['tls-key'], given['tls-ca']];
  if (certificate === undefined && key === undefined && authority === undefined) return given.tls ? { kind: 'own' } : null;
  if (certificate === undefined || key === undefined || authority === undefined)
    throw new Error('--tls-cert, --tls-key and --tls-ca belong together: the certificate, its key, and the authority that desks believe');
  return { kind: 'county', files: { certificate: path.resolve(certificate), key: path.resolve(key), authority: path.resolve(authority) } };
}

function checkPort(option: string, port: string): void {
  if (!/^\d{1,5}$/.test(port) || Number(port) > 65_535) throw new Error(`${option} must be 0 to 65535, not "${port}"`);
}

function isTimeZone(zone: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone: zone });
    return true;
  } catch {
    return false;
  }
}
