import type { Clock } from '#contract/values/index.ts';
import {
  type Access,
  accessAnswers,
  accountAnswers,
  type AccountEvent,
  createAccounts,
  type FirstAdministratorDesk,
} from './access/index.ts';
import type { Territories } from './bus/index.ts';
import { type Directory, directoryAnswers, type ImportPorts, rootOf } from './directory/index.ts';
import { adminPageAnswers, createPages, peerOf } from './http/index.ts';
import type { Log, Secrets } from './ports.ts';
import { type Positions, positionsAnswers } from './responders/index.ts';
import { createRightsPreview } from './rightsPreview.ts';

/** Every page of the platform, answered: what the registry names and nothing else. */
export function createAllPages({
  ports: { mode, secrets, clock, log, windowsFolder = null },
  access,
  first,
  directory,
  positions,
  imports,
  territories,
  onAccountChanged,
}: {
  ports: {
    readonly mode: 'demo' | 'normal';
    readonly windowsFolder?: string | null;
    readonly secrets: Secrets;
    readonly clock: Clock;
    readonly log: Log;
  };
  access: Access;
  first: FirstAdministratorDesk;
  directory: Directory;
  positions: Positions;
  imports: ImportPorts;
  territories: () => Territories;
  onAccountChanged: (event: AccountEvent) => void;
}) {
  const county = () => rootOf(directory);
  const accounts = createAccounts({
    access,
    secrets,
    log,
    county,
    isRegion: (id) => directory.region(id) !== null,
    onChanged: onAccountChanged,
  });
  const answers = {
    ...accessAnswers({ access, first, mode, peerOf }),
    ...accountAnswers({ accounts, preview: createRightsPreview({ directory, territories }) }),
    ...directoryAnswers({ directory, rosters: positions.rosters, imports }),
    ...positionsAnswers({ positions }),
    ...adminPageAnswers({ folder: windowsFolder }),
  };
  return createPages({ answers, access, county, clock, log });
}
