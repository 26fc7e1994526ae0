/** `npm run reset [-- --data DIR]`: back to the first day. Says what goes, refuses while a room runs. */
import { existsSync, readdirSync, rmSync } from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { SetupProblem } from './setup/command.mjs';
import { tellProblems } from './setup.mjs';
import { runningRoom } from './start/roomLock.mjs';

/** What a data folder of ours may hold; anything else in it is somebody's own and makes us stop. */
const ourEntries = new Set(['platform', 'room', 'logs', 'dev', 'start.json']);

await tellProblems(async () => {
  const { values } = parseArgs({ options: { data: { type: 'string', default: './data' } } });
  const dataFolder = path.resolve(values.data);
  if (!existsSync(dataFolder)) return console.log(`${dataFolder} does not exist: nothing to remove.`);
  const running = runningRoom(dataFolder);
  if (running !== undefined) {
    throw new SetupProblem({ what: `A room runs on ${dataFolder} (process ${running}).`, todo: 'End it with Ctrl+C first.' });
  }
  const entries = readdirSync(dataFolder);
  const foreign = entries.filter((entry) => !ourEntries.has(entry));
  if (foreign.length > 0) {
    throw new SetupProblem({
      what: `${dataFolder} also holds ${foreign.join(', ')}, which is not ours.`,
      todo: 'Move that elsewhere first.',
    });
  }
  console.log(`removing ${dataFolder}: ${entries.join(', ') || 'empty'}`);
  rmSync(dataFolder, { recursive: true });
});
