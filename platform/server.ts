import type { CameraClockChange } from '#contract/cameras/index.ts';
import { countyFeed } from '#contract/record/index.ts';
import type { Clock, Randomness, Timers } from '#contract/values/index.ts';
import { type Access, createFirstAdministrator, openAccess, type Passwords, passwordWords } from './access/index.ts';
import { type Audit, type AuditPorts, openAudit } from './audit/index.ts';
import { type Bus, openBus, type Territories } from './bus/index.ts';
import {
  type CameraGateway,
  type CameraSources,
  type ChangeRecorder,
  createChangeRecorder,
  createGrants,
  type DemoLoops,
  type Lifts,
  type MediaGrants,
  type Probes,
  type SourceChange,
  type Steering,
  type ViewRegister,
} from './cameras/index.ts';
import { createAllPages } from './allPages.ts';
import { type Core, openCore } from './core.ts';
import { createCommandDecider } from './decideCommand.ts';
import { type Directory, rootOf } from './directory/index.ts';
import { type Foundation, layFoundation } from './foundation.ts';
import { createHttpServer, isLoopback, type ListenAt } from './http/index.ts';
import type { CountyProfile, Log, Secrets } from './ports.ts';
import {
  openParticulars,
  type Particulars,
  type ParticularsPorts,
  type RecordStore,
  startHousekeeping,
  type Writer,
  keepStandings,
  type StandingList,
} from './record/index.ts';
import { openIncidentIntake } from './incidents/index.ts';
import { createFollowRegister, type OpenIntake, openPositions, type Positions } from './responders/index.ts';
import type { Evidence, EvidencePorts } from './evidence/index.ts';
import { openKeeping } from './openKeeping.ts';
import { openLifts } from './openLifts.ts';
import { openProbes } from './openProbes.ts';
import { openSteering } from './openSteering.ts';
import { createViewers } from './viewers.ts';

/** Everything the platform needs from outside, by name. */
export type PlatformPorts = {
  /** Opened by the caller and closed with the platform. */
  readonly store: RecordStore;
  /** Its certificate, if it has one, is closed by the caller. */
  readonly listen: ListenAt;
  /** Whether other machines may be talked to without encryption; absent = no. */
  readonly plainHttp?: 'allowed' | 'refused';
  /** Built windows (dist/renderer) with the administration page among them; none = there is no such page. */
  readonly windowsFolder?: string | null;
  /** Where the county's map lies, looked through in order; absent = there is none. */
  readonly packShelves?: readonly string[];
  /** `demo` offers its accounts to everybody who reaches it, therefore only on loopback. */
  readonly mode: 'demo' | 'normal';
  /** What a new record starts with; not asked again once there is one. */
  readonly foundation: Foundation;
  readonly demoLoops: DemoLoops | null;
  /** Where reports of positions come from; absent = nowhere. */
  readonly openIntake?: OpenIntake;
  readonly passwords: Passwords;
  /** Who is disabled, beside the record; absent = kept nowhere. */
  readonly standings?: StandingList;
  readonly audit: AuditPorts;
  readonly particulars: ParticularsPorts;
  /** Where pictures are kept on purpose. */
  readonly evidence: EvidencePorts;
  readonly secrets: Secrets;
  readonly clock: Clock;
  readonly timers: Timers;
  readonly randomness: Randomness;
  readonly log: Log;
  readonly openGateway: (ports: {
    sources: CameraSources;
    grants: MediaGrants;
    onSourceChange: (change: SourceChange) => void;
    onClockChange: (change: CameraClockChange) => void;
  }) => CameraGateway;
};

/** A running platform. `firstAdministratorCode` is to be printed; null when there is an administrator. */
export type Platform = {
  readonly url: string;
  readonly firstAdministratorCode: string | null;
  close(): Promise<void>;
};

/**
 * Starts the platform. Rejects with a sentence when it may not listen where it is told to, or the port is taken; the store is closed
 * then too.
 */
export async function createPlatform(ports: PlatformPorts): Promise<Platform> {
  try {
    return await openPlatform(ports);
  } catch (error) {
    await ports.store.close().catch(() => {});
    throw error;
  }
}

async function openPlatform(ports: PlatformPorts): Promise<Platform> {
  const { log, mode } = ports;
  await refuseOpenDoors(ports);
  const county = await countyOf(ports);
  const core = await openCore({ ...ports, county });
  const { directory } = core;
  const audit = await openAudit({ ...ports, ...core, countyId: county.countyId });
  const access = await openAccess({ ...ports, ledger: audit.ledger, wordsFor: (person) => passwordWords({ ...person, county }) });
  await layFoundation({ ...ports, core, access });
  const tellStandings = standingsKeeper({ ports, access });
  tellStandings();

  const parts = await openParts({ ports, core, county, audit, access });
  const { http, gateway, grants, positions } = parts;
  const bus = openBusOver({ ports, core, county, audit, access, parts });
  const intake = ports.openIntake?.({
    report: positions.report,
    incidents: openIncidentIntake({ ...core, ...county, view: core.feeds }),
    directory,
  });
  const first = createFirstAdministrator({ access, secrets: ports.secrets, county: rootOf(directory) });
  const imports = core.imports(() => {
    grants.rightsChanged();
    parts.probes.directoryChanged();
    bus.directoryChanged();
  });
  const pages = createAllPages({
    ports,
    core,
    access,
    first,
    directory,
    positions,
    cameras: parts,
    imports,
    territories: parts.territories,
    onPageRefused: audit.onPageRefused,
    onAccountChanged: tellStandings,
  });
  const close = closer({ ...ports, ...core, ...parts, bus, access, audit, intake });
  try {
    await http.listen({ app: pages, gateway, evidence: parts.evidence });
  } catch (error) {
    await close();
    throw error;
  }
  log.info({ url: http.url(), mode, revision: directory.revision() }, 'the platform is open');
  return { url: http.url(), firstAdministratorCode: first.code, close };
}

type Opened = {
  readonly ports: PlatformPorts;
  readonly core: Core;
  readonly county: CountyProfile;
  readonly audit: Audit;
  readonly access: Access;
};

/** What stands on the record and is asked through the bus and the pages. */
async function openParts({ ports, core, county, audit, access }: Opened) {
  const { clock, timers, log, listen } = ports;
  const { directory, writer, sources } = core;
  const particulars = await openParticulars({ ...ports, ...core, countyId: county.countyId });
  const http = createHttpServer({ at: listen, clock, timers, log });
  const register = audit.viewRegister((sessionId) => access.signedInById(sessionId)?.person.personId ?? null);
  const masking = {
    canMask: () => gateway.canMask,
    liftedUntil: (...asked: Parameters<Lifts['liftedUntil']>) => lifts.liftedUntil(...asked),
  };
  const grants = openGrants({ ports, core, access, register, baseUrl: http.url, ...masking });
  const lifts = openLifts({ ...ports, core, access, onChanged: () => grants.rightsChanged() });
  const { cameras } = core.feeds.stateOf(countyFeed(county.countyId));
  const changes = createChangeRecorder({ writer, cameras, clock, timers, log, countyId: county.countyId });
  const gateway = ports.openGateway({ sources, grants, ...changes });
  const evidence = await openKeeping({ ...ports, core, access, lifts, gateway, baseUrl: http.url });
  return {
    particulars,
    evidence,
    http,
    grants,
    gateway,
    changes,
    lifts,
    probes: openProbes({ ...ports, core, gateway }),
    steering: openSteering({ ...ports, core, gateway, access }),
    positions: openPositions({ ...ports, directory }),
    stopHousekeeping: startHousekeeping(ports),
    forgetSessions: access.onSessionsEnded(() => grants.rightsChanged()),
    territories: () => territoriesOf(directory, county.countyId),
  };
}

function openBusOver({ ports, core, county, audit, access, parts }: Opened & { parts: Awaited<ReturnType<typeof openParts>> }): Bus {
  const { timers, log, mode, listen } = ports;
  const { particulars, evidence, http, grants, steering, lifts, probes, positions, territories } = parts;
  return openBus({
    server: http.server,
    isLocalOnly: isLoopback(listen.host),
    view: core.feeds,
    timers,
    log,
    ports: {
      ...{ county, mode, access, territories, particulars, evidence, steering, lifts, probes, positions },
      store: ports.store,
      follows: createFollowRegister(core),
      directoryRevision: core.directory.revisionFor,
      writer: core.writer,
      clock: ports.clock,
      decideCommand: createCommandDecider({
        countyId: county.countyId,
        pathOf: core.pathOf,
        particulars,
        evidence,
        places: core.directory,
        clock: ports.clock,
      }),
      openView: (question, viewer) => grants.open(question, viewer),
      openViews: (question, viewer) => grants.openAll(question, viewer),
      signHeads: audit.signHeads,
      onCommandRefused: audit.onCommandRefused,
    },
  });
}

function openGrants({
  ports,
  core: { sources, pathOf, directory },
  access,
  ...rest
}: {
  ports: PlatformPorts;
  core: Core;
  access: Access;
  register: ViewRegister;
  baseUrl: () => string;
  canMask: () => boolean;
  liftedUntil: Lifts['liftedUntil'];
}) {
  const { demoLoops } = ports;
  const isBeingDrawn: Parameters<typeof createGrants>[0]['isBeingDrawn'] = (id, quality) => {
    const source = sources.sourceOf(id, quality);
    return source?.kind === 'demo' && demoLoops !== null && !demoLoops.isDrawn(source.loop);
  };
  return createGrants({
    ...ports,
    ...rest,
    sources,
    pathOf,
    cameraOf: directory.camera,
    isBeingDrawn,
    actorsOf: createViewers({ access }),
  });
}

/** The county of the record, or the one that a new record is founded with. Another one than asked for is an error, not a surprise. */
async function countyOf({ store, foundation, mode }: PlatformPorts): Promise<CountyProfile> {
  const kept = await store.readCounty();
  const asked = foundation.county;
  if (kept === null) return asked;
  if (kept.mode !== mode) {
    throw new Error(
      `This record is ${kept.mode === 'demo' ? 'a demo: start it with --demo' : 'not a demo: start it without --demo'}, or use another --data.`,
    );
  }
  // A demo's county follows from its scale; a real one was named once, at its first start.
  const isOther = mode === 'demo' && (kept.countyId !== asked.countyId || kept.name !== asked.name);
  if (isOther)
    throw new Error(
      `This record belongs to ${kept.name} (${kept.countyId}), not to ${asked.name} (${asked.countyId}): use another --data.`,
    );
  const { mode: _, ...county } = kept;
  return county;
}

async function refuseOpenDoors({ mode, listen, plainHttp, store }: PlatformPorts): Promise<void> {
  if (isLoopback(listen.host)) return;
  if (mode === 'demo') {
    throw new Error(
      `The demo shows its passwords to everybody, so it listens on this machine only: use --host 127.0.0.1, not ${listen.host}.`,
    );
  }
  const people = await store.readPeople();
  if (!people.some(({ roles, isDisabled }) => roles.includes('administrator') && !isDisabled)) {
    throw new Error(
      `Nobody administers this platform yet: start it with --host 127.0.0.1 first, name an administrator, then use ${listen.host}.`,
    );
  }
  if (listen.certificate === undefined && plainHttp !== 'allowed') {
    throw new Error(
      `Without encryption everybody on the network reads passwords and pictures: add --tls to listen on ${listen.host} (docs/operations.md), ` +
        'or say --plain-http if this network is nobody else’s.',
    );
  }
}

function territoriesOf(directory: Directory, countyId: Territories['countyId']): Territories {
  return {
    countyId,
    countyRegion: rootOf(directory),
    levelOf: (id) => directory.region(id)?.level ?? null,
    regionPath: directory.regionPath,
  };
}

/** Keeps the list of who is disabled where the accounts are. */
function standingsKeeper({ ports: { standings, clock, log }, access }: { ports: PlatformPorts; access: Access }): () => void {
  return () => {
    if (standings === undefined) return;
    try {
      keepStandings({ people: access.people(), standings, nowMs: clock.nowMs() });
    } catch (error) {
      log.error({ err: error }, 'who is disabled cannot be written beside the record: a backup that is put back would let them in');
    }
  };
}

function closer({
  bus,
  http,
  steering,
  lifts,
  probes,
  gateway,
  changes,
  access,
  audit,
  writer,
  store,
  forgetSessions,
  positions,
  particulars,
  evidence,
  intake,
  stopHousekeeping,
}: {
  bus: Bus;
  http: ReturnType<typeof createHttpServer>;
  steering: Steering;
  lifts: Lifts;
  probes: Probes;
  gateway: CameraGateway;
  changes: ChangeRecorder;
  access: Access;
  audit: Audit;
  writer: Writer;
  store: RecordStore;
  forgetSessions: () => void;
  positions: Positions;
  particulars: Particulars;
  evidence: Evidence;
  intake: ReturnType<OpenIntake> | undefined;
  stopHousekeeping: () => void;
}): () => Promise<void> {
  let closing: Promise<void> | null = null;
  async function closeAll(): Promise<void> {
    // Nobody is told anything any more, what is queued is still written, the store goes last.
    intake?.close();
    positions.close();
    const busClosed = bus.close();
    // A camera that moves is stopped while there still is a way to it.
    await steering.close();
    await lifts.close();
    forgetSessions();
    // The bus waits for every socket of the server, and those with pictures end with the gateway only.
    // A probe that is cut short by the gateway's end found nothing, and says nothing.
    const probesClosed = probes.close();
    await gateway.close();
    await probesClosed;
    changes.close();
    await busClosed;
    await http.close();
    access.close();
    await audit.close();
    particulars.close();
    evidence.close();
    stopHousekeeping();
    await writer.close();
    await store.close();
  }
  return () => (closing ??= closeAll());
}
