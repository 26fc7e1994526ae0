/** The platform's process: `node platform/bin/platform.ts --help`. One JSON line on stdout when it is open; logs go to stderr. */
import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import pino from 'pino';
import { createArgonPasswords } from '../access/index.ts';
import { createHeadFiles, createVerifyThread, isEndOnly, openAuditKeys, restoredNoteOf } from '../audit/index.ts';
import { createCameraGateway } from '../cameras/index.ts';
import type { ListenAt } from '../http/index.ts';
import { sourceNetworks } from '../core.ts';
import { packShelfFolder } from '../map/index.ts';
import { takeDataFolder } from '../dataFolder.ts';
import { createEvidenceErasures, evidenceFolderName, openEvidenceKey, openSealedFiles } from '../evidence/index.ts';
import { nodeClock, nodeSecrets, nodeTimers } from '../nodePorts.ts';
import type { Log } from '../ports.ts';
import {
  createDiskReserve,
  createErasureFile,
  createStandingFile,
  type DiskReserve,
  erasureListName,
  reservingStore,
  standingListName,
  openParticularsKeys,
  openSqliteStore,
} from '../record/index.ts';
import { createPlatform, type Platform, type PlatformPorts } from '../server.ts';
import { demoFoundation, demoLoops, demoPackShelf, openDemoIntake } from './demo.ts';
import { readFaultPoints, stoppingStore } from './faultPoints.ts';
import { openListening } from './listening.ts';
import { parsePlatformOptions, platformHelp, type PlatformOptions } from './options.ts';

const log = pino({ level: process.env['COMMANDWALL_LOG'] ?? 'info', base: { part: 'platform' } }, pino.destination({ fd: 2, sync: true }));

try {
  const options = parsePlatformOptions(process.argv.slice(2));
  if (options === 'help') process.stdout.write(platformHelp);
  else await run({ options, log });
} catch (error) {
  giveUp(error);
}

async function run({ options, log }: { options: PlatformOptions; log: Log }): Promise<void> {
  const folder = takeDataFolder(options.dataFolder);
  if (folder === null)
    throw new Error(`A platform already runs on ${options.dataFolder}. Stop it first, or use another folder with --data.`);
  const { stopAt, synchronous } = readFaultPoints({ env: process.env, log });
  const kept = await openSqliteStore({
    file: folder.recordFile,
    newEpoch: nodeSecrets.newId(),
    synchronous,
    onLost: (error) => {
      // Whether the last batch was written is unknown: a refusal could be a lie. Desks come back and ask again.
      log.fatal({ err: error }, 'the record is lost to this process; it ends');
      process.exit(1);
    },
    onFault: (error) =>
      log.fatal(
        { err: error },
        'the disk of the record failed: nothing more is recorded until it is mended and the platform started again',
      ),
  });
  const reserve = createDiskReserve({ folder: options.dataFolder, bytes: options.reserveBytes });
  const reserving = reservingStore({ store: kept, reserve, isEnd: isEndOnly, log });
  const store = stoppingStore({ store: reserving, stopAt, stop: () => process.kill(process.pid, 'SIGKILL') });
  const county = options.mode === 'demo' ? demoFoundation(options.scale).county : options.county;
  const listen = await openListening({ options: { ...options, county }, log });
  const platform = await open({ options, log, store, listen, reserve });
  const authority = listen.certificate?.current().authority.certificate;
  folder.announce({ url: platform.url, pid: process.pid, ...(authority === undefined ? {} : { authority }) });
  closeOnSignal({ platform, release: folder.release, log });
  void reserve.hold().then((isHeld) => {
    if (!isHeld)
      log.warn({ bytes: options.reserveBytes }, 'the disk has no room for the reserve: on a full disk nothing more will be written');
  });
  if (platform.firstAdministratorCode !== null) {
    process.stderr.write(
      `Nobody administers this platform yet. One-time code for the first administrator: ${platform.firstAdministratorCode}\n`,
    );
  }
  process.stdout.write(`${JSON.stringify({ ready: 'platform', url: platform.url })}\n`);
}

async function open({
  options,
  log,
  store,
  listen,
  reserve,
}: {
  options: PlatformOptions;
  log: Log;
  store: Awaited<ReturnType<typeof openSqliteStore>>;
  listen: ListenAt;
  reserve: DiskReserve;
}): Promise<Platform> {
  const { plainHttp, mode, host, port, county, scale, ffmpeg, cacheFolder, dataFolder, rtmpPort, cameraAuthorities, transcodingCores } =
    options;
  const authorities = cameraAuthorities === null ? [] : [readFileSync(cameraAuthorities, 'utf8')];
  const isDemo = mode === 'demo';
  const foundation = isDemo ? demoFoundation(scale) : { county, rows: () => [] };
  try {
    return await createPlatform({
      store,
      listen,
      plainHttp,
      mode,
      foundation,
      demoLoops: isDemo ? demoLoops(cacheFolder) : null,
      ...(isDemo ? { openIntake: openDemoIntake({ cacheFolder, scale }) } : {}),
      ...shownFrom(options),
      standings: createStandingFile(path.join(dataFolder, standingListName)),
      passwords: createArgonPasswords({ newSalt: (bytes) => randomBytes(bytes) }),
      audit: {
        keys: openAuditKeys(dataFolder),
        lists: createHeadFiles(path.join(dataFolder, 'signed-heads')),
        verify: createVerifyThread(dataFolder),
        restored: restoredNoteOf(dataFolder),
      },
      particulars: { keys: openParticularsKeys(dataFolder), erasures: createErasureFile(path.join(dataFolder, erasureListName)) },
      evidence: keptIn({ dataFolder, reserve }),
      secrets: nodeSecrets,
      clock: nodeClock,
      timers: nodeTimers,
      randomness: Math.random,
      log,
      openGateway: (ports) =>
        createCameraGateway({
          ...ports,
          clock: nodeClock,
          timers: nodeTimers,
          randomness: Math.random,
          log: log.child({ area: 'gateway' }),
          ffmpeg,
          networks: sourceNetworks(mode),
          ...(transcodingCores === null ? {} : { transcoding: { cores: transcodingCores } }),
          ...(rtmpPort === null ? {} : { rtmpAt: { host, port: rtmpPort } }),
          trust: { authorities },
        }),
    });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EADDRINUSE') throw error;
    throw new Error(`Port ${port} on ${host} is taken. Stop what listens there, or choose another one with --port.`, { cause: error });
  }
}

/** Pictures that are kept: none is written where only the record's reserve is left. */
function keptIn({ dataFolder, reserve }: { dataFolder: string; reserve: DiskReserve }): PlatformPorts['evidence'] {
  const folder = path.join(dataFolder, evidenceFolderName);
  return {
    store: openSealedFiles({ folder, key: openEvidenceKey(dataFolder), hasRoom: reserve.hasRoom }),
    erasures: createEvidenceErasures(dataFolder),
  };
}

function closeOnSignal({ platform, release, log }: { platform: Platform; release: () => void; log: Log }): void {
  let isClosing = false;
  const close = async (signal: string) => {
    if (isClosing) return;
    isClosing = true;
    log.info({ signal }, 'closing');
    await platform.close();
    release();
    process.exit(0);
  };
  for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP'] as const) process.on(signal, () => void close(signal).catch(giveUp));
}

/** What is served as it lies on the disk: the built windows, and the county's map. */
function shownFrom({ mode, cacheFolder, scale, dataFolder }: PlatformOptions): Pick<PlatformPorts, 'windowsFolder' | 'packShelves'> {
  const ofDemo = mode === 'demo' ? [demoPackShelf({ cacheFolder, scale })] : [];
  return { windowsFolder: path.resolve(import.meta.dirname, '../../dist/renderer'), packShelves: [packShelfFolder(dataFolder), ...ofDemo] };
}

function giveUp(error: unknown): never {
  log.fatal({ err: error }, 'the platform cannot go on');
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exit(1);
}
