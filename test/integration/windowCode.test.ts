import path from 'node:path';
import { expect, test } from 'vitest';
import { build, loadConfigFromFile } from 'vite';

const root = path.resolve(import.meta.dirname, '../..');

/** Paths of what is in the push worker's bundle, made with the worker's own options of renderer/vite.config.ts. */
async function modulesOfPushWorker({ treeshake }: { treeshake: 'asBuilt' | 'usual' }): Promise<readonly string[]> {
  const loaded = await loadConfigFromFile({ command: 'build', mode: 'production' }, path.join(root, 'renderer/vite.config.ts'));
  const asBuilt = loaded?.config.worker?.rolldownOptions ?? {};
  const result = await build({
    ...{ configFile: false, root, logLevel: 'error' },
    build: {
      write: false,
      rolldownOptions: {
        ...(treeshake === 'asBuilt' ? asBuilt : {}),
        input: path.join(root, 'renderer/cameras/players/push/pushWorker.ts'),
      },
    },
  });
  const chunks = [result].flat().flatMap((each) => ('output' in each ? each.output : []));
  return chunks.flatMap((chunk) => (chunk.type === 'chunk' ? Object.keys(chunk.modules) : []));
}

test('the push worker holds no schema and no schema library: it is there before the first picture is asked for, in each window', async () => {
  const held = (modules: readonly string[]) => [
    modules.some((id) => id.includes('/zod/')),
    modules.some((id) => id.endsWith('pushPiece.ts')),
  ];
  expect(held(await modulesOfPushWorker({ treeshake: 'asBuilt' }))).toEqual([false, true]);
  // Without those options the contract's index would bring all of it.
  expect(held(await modulesOfPushWorker({ treeshake: 'usual' }))).toEqual([true, true]);
});
