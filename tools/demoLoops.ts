import { mkdir } from 'node:fs/promises';
import { availableParallelism, constants, setPriority } from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { type DemoScene, demoScenes } from '#platform/cameras/demo/index.ts';
import { isLoopDone, loopKey, noteLoop, readManifest, recipeHash } from './demoLoops/manifest.ts';
import { synthesiseAll } from './demoLoops/synthesiseAll.ts';
import { removeAbandonedParts } from './demoLoops/synthesiseLoop.ts';
import { firstWallSize, inWallOrder } from './demoLoops/wallOrder.ts';

const usage = `Draws the moving pictures of the demo cameras that stream, once, into .cache/demo-loops.

  node tools/demoLoops.ts [--only N] [--first-wall] [--cache DIR] [--list] [--nice]

  --only N     at most the first N cameras
  --first-wall only what a new room's first display shows
  --cache DIR  another folder
  --list       show the cameras and whether their loops are there, and make nothing
  --nice       leave the processor to whatever else runs
`;

// Four threads draw faster than any one disk or small server needs; more only steal time from what else starts.
const mostThreads = 4;

const abandonedAfterMs = 10 * 60_000;

await main();

async function main() {
  const { values } = parseArgs({
    options: {
      only: { type: 'string' },
      'first-wall': { type: 'boolean' },
      cache: { type: 'string' },
      list: { type: 'boolean' },
      nice: { type: 'boolean' },
      help: { type: 'boolean' },
    },
  });
  if (values.help === true) {
    console.log(usage);
    return;
  }
  const cacheDir = path.resolve(values.cache ?? path.join(import.meta.dirname, '..', '.cache', 'demo-loops'));
  // Threads and ffmpeg take this over from us, so it comes first.
  if (values.nice === true) setPriority(constants.priority.PRIORITY_LOW);
  const most = values['first-wall'] === true ? firstWallSize : values.only === undefined ? undefined : Number(values.only);
  const scenes = inWallOrder(demoScenes()).slice(0, most);
  const recipe = await recipeHash(path.join(import.meta.dirname, 'demoLoops'));
  const manifest = await readManifest(cacheDir);
  const keyOf = (scene: DemoScene) => loopKey({ scene, recipe });
  const missing = scenes.filter((scene) => !isLoopDone({ cacheDir, manifest, scene, key: keyOf(scene) }));
  if (values.list === true) {
    for (const scene of scenes) {
      console.log(
        `${scene.number}  ${missing.includes(scene) ? 'missing' : 'ready  '}  ${scene.scene}, ${scene.light}: ${scene.name} (${scene.nameEn})`,
      );
    }
    return;
  }
  if (missing.length === 0) {
    console.log(`demo pictures: all ${scenes.length} loops are there`);
    return;
  }
  const threads = Math.min(availableParallelism(), mostThreads);
  console.log(
    `demo pictures: drawing ${missing.length} of ${scenes.length} loops once (main 1280x720 and sub 640x360), ` +
      `because the demo shows moving pictures without a camera; ${threads} at a time`,
  );
  await mkdir(cacheDir, { recursive: true });
  await removeAbandonedParts({ cacheDir, olderThanMs: abandonedAfterMs });
  await synthesise({ cacheDir, missing, threads, keyOf, manifest });
}

type Run = {
  cacheDir: string;
  missing: readonly DemoScene[];
  threads: number;
  keyOf: (scene: DemoScene) => string;
  manifest: Awaited<ReturnType<typeof readManifest>>;
};

async function synthesise({ cacheDir, missing, threads, keyOf, manifest }: Run) {
  const startedAt = performance.now();
  const elapsed = () => `${((performance.now() - startedAt) / 1000).toFixed(0)} s`;
  let done = 0;
  await synthesiseAll({
    cameraIds: missing.map(({ cameraId }) => cameraId),
    cacheDir,
    threads,
    async onReport(report) {
      const scene = missing.find(({ cameraId }) => cameraId === report.cameraId);
      if (scene === undefined) return;
      if (report.kind === 'failed') {
        console.error(`demo pictures: ${scene.number} ${scene.name} could not be made: ${report.reason}`);
        process.exitCode = 1;
        return;
      }
      const { main, sub } = report;
      await noteLoop({ cacheDir, manifest, scene, key: keyOf(scene), bytes: { main, sub } });
      done += 1;
      const size = ((main + sub) / 1_000_000).toFixed(1);
      console.log(`  ${done}/${missing.length}  ${scene.number} ${scene.name} (${scene.scene}, ${scene.light})  ${size} MB  ${elapsed()}`);
    },
  });
  console.log(`demo pictures: ${done} loops made in ${elapsed()}`);
}
