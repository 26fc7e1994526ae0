import type { Clock } from '#contract/values/index.ts';
import {
  type Access,
  accessAnswers,
  accountAnswers,
  createAccounts,
  type FirstAdministratorDesk,
  type PageRefused,
} from './access/index.ts';
import {
  cameraHealthAnswers,
  type CameraGateway,
  discoveryAnswers,
  liftAnswers,
  type Lifts,
  probeAnswers,
  type Probes,
} from './cameras/index.ts';
import type { Territories } from './bus/index.ts';
import { type Directory, directoryAnswers, type ImportPorts, rootOf } from './directory/index.ts';
import { adminPageAnswers, createPages, peerOf } from './http/index.ts';
import { type AuditPorts, createAskedRegister } from './audit/index.ts';
import type { Core } from './core.ts';
import { loadHistoryAnswers } from './incidents/index.ts';
import { mapAnswers, openPackShelves } from './map/index.ts';
import type { Log, Secrets } from './ports.ts';
import type { RecordStore } from './record/index.ts';
import { type Positions, positionsAnswers } from './responders/index.ts';
import { personNameAnswers } from './personNames.ts';
import { createRegisterPages } from './registers.ts';
import { createRightsPreview } from './rightsPreview.ts';

/** What the pages answer from. */
type PageSources = {
  ports: {
    readonly mode: 'demo' | 'normal';
    readonly windowsFolder?: string | null;
    readonly packShelves?: readonly string[];
    readonly secrets: Secrets;
    readonly clock: Clock;
    readonly log: Log;
    readonly store: RecordStore;
    readonly audit: AuditPorts;
  };
  core: Core;
  access: Access;
  first: FirstAdministratorDesk;
  directory: Directory;
  positions: Positions;
  /** What answers about cameras, each by its own pages. */
  cameras: { readonly gateway: CameraGateway; readonly lifts: Lifts; readonly probes: Probes };
  imports: ImportPorts;
  territories: () => Territories;
  onPageRefused: (refused: PageRefused) => void;
  onAccountChanged: () => void;
};

/** Every page of the platform, answered: what the registry names and nothing else. */
export function createAllPages({
  ports: { mode, secrets, clock, log, store, audit, windowsFolder = null, packShelves = [] },
  core,
  access,
  first,
  directory,
  positions,
  cameras,
  imports,
  territories,
  onPageRefused,
  onAccountChanged,
}: PageSources) {
  const county = () => rootOf(directory);
  const accounts = createAccounts({ ...{ access, secrets, log, county }, ...knownPlaces(directory), onChanged: onAccountChanged });
  const answers = {
    ...accessAnswers({ access, first, mode, peerOf }),
    ...accountAnswers({ accounts, preview: createRightsPreview({ directory, territories }) }),
    ...directoryAnswers({ directory, rosters: positions.rosters, imports }),
    ...positionsAnswers({ positions }),
    ...discoveryAnswers(cameras),
    ...cameraHealthAnswers({ ...cameras, pathOf: core.pathOf, clock, exported: askedRegister({ core, audit }).exported }),
    ...loadHistoryAnswers({ store, clock }),
    ...personNameAnswers({ access, view: core.feeds, territories, clock }),
    ...probeAnswers(cameras),
    ...liftAnswers({ ...cameras, clock }),
    ...createRegisterPages({ core, audit, store, access, onRefused: onPageRefused }),
    ...fileAnswers({ windowsFolder, packShelves, core }),
  };
  return createPages({ answers, access, county, clock, log, isWritable: store.isWritable, onRefused: onPageRefused });
}

/** Files that are served as they lie on the disk. */
function fileAnswers({ windowsFolder, packShelves, core }: { windowsFolder: string | null; packShelves: readonly string[]; core: Core }) {
  const packs = openPackShelves({ folders: packShelves, countyId: core.county.countyId });
  return { ...mapAnswers({ packs }), ...adminPageAnswers({ folder: windowsFolder }) };
}

function askedRegister({ core: { writer, county }, audit }: { core: Core; audit: AuditPorts }) {
  return createAskedRegister({ writer, keys: audit.keys, countyId: county.countyId });
}

/** What an account's territory and department may be. */
function knownPlaces(directory: Directory): Pick<Parameters<typeof createAccounts>[0], 'isRegion' | 'isUnit'> {
  return {
    isRegion: (id) => directory.region(id) !== null,
    isUnit: (id) => directory.rows('units').some((unit) => unit.id === id),
  };
}
