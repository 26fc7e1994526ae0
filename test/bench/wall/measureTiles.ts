import { measureFloor } from '../baseline/wallFloor.ts';
import { type GatewayLine, startGatewayLine } from './gatewayLine.ts';
import { drawLoops, loopFile } from './loops.ts';
import { measureView, type Times, type ViewSample } from './measureView.ts';
import { hlsSide, llHlsSide, pushSide, type ViewSide } from './sides.ts';

const viewSides = {
  push: pushSide,
  hls: hlsSide('sub'),
  llHls: llHlsSide,
  uncapped: hlsSide('uncapped'),
  capped: hlsSide('capped'),
} satisfies Readonly<Record<string, ViewSide>>;

type ViewName = keyof typeof viewSides;
export type SideName = ViewName | 'floor';
export const sideNames: readonly SideName[] = [...(Object.keys(viewSides) as ViewName[]), 'floor'];

/** The repetitions of all ways at one number of tiles. `floor`: percent of one core. */
export type TileFigures = {
  readonly tiles: number;
  readonly views: Readonly<Partial<Record<ViewName, readonly ViewSample[]>>>;
  readonly floor: readonly number[];
};

/** All keys but those of the full wall stand at 16 tiles: two renditions and the floor are measured only there. */
const onlyAt16: ReadonlySet<SideName> = new Set(['uncapped', 'capped', 'floor']);

const withTwoRenditions: ReadonlySet<SideName> = new Set(['uncapped', 'capped']);

/** A B C A B C ... at each number of tiles, after a round that does not count. */
export async function measureTiles({
  tileCounts,
  repetitions,
  warmUps,
  sides,
  env,
  times,
}: {
  tileCounts: readonly number[];
  repetitions: number;
  warmUps: number;
  sides: readonly SideName[];
  env: NodeJS.ProcessEnv;
  times: Times;
}): Promise<readonly TileFigures[]> {
  const figures: TileFigures[] = [];
  for (const tiles of tileCounts) {
    const chosen = sides.filter((name) => tiles === 16 || tileCounts.length === 1 || !onlyAt16.has(name));
    const qualities = chosen.some((name) => withTwoRenditions.has(name)) ? (['sub', 'main'] as const) : (['sub'] as const);
    await drawLoops({ cameras: tiles, qualities });
    const gateway = await startGatewayLine({ loops: tiles, cameras: tiles, qualities });
    const views: Partial<Record<ViewName, ViewSample[]>> = {};
    const floor: number[] = [];
    for (let round = -warmUps; round < repetitions; round += 1) {
      for (const name of chosen) {
        process.stderr.write(`${tiles} tiles, ${round < 0 ? 'warm-up' : `repetition ${round + 1}`}: ${name}\n`);
        const sample = await measureOrAgain({ name, tiles, gateway, env, times });
        if (round < 0) continue;
        if (typeof sample === 'number') floor.push(sample);
        else if (name !== 'floor') (views[name] ??= []).push(sample);
      }
    }
    await gateway.end();
    figures.push({ tiles, views, floor });
  }
  return figures;
}

type MeasuredSide = { name: SideName; tiles: number; gateway: GatewayLine; env: NodeJS.ProcessEnv; times: Times };

/** A browser that fails while it is opened is no reason to lose the hour before: it is said, and opened once more. */
async function measureOrAgain(side: MeasuredSide): Promise<ViewSample | number> {
  try {
    return await measureSide(side);
  } catch (error) {
    process.stderr.write(
      `${side.tiles} tiles, ${side.name}: failed (${error instanceof Error ? error.message : String(error)}), once more\n`,
    );
    return await measureSide(side);
  }
}

/** A number is the floor's: percent of one core. */
async function measureSide({ name, ...where }: MeasuredSide): Promise<ViewSample | number> {
  if (name === 'floor') return measureFloor({ files: subFiles(where.tiles), windowMs: where.times.windowMs });
  // hls.js goes up a rendition at the end of what it has buffered.
  const settleMs = withTwoRenditions.has(name) ? 3 * where.times.settleMs : where.times.settleMs;
  return measureView({ side: viewSides[name], ...where, times: { ...where.times, settleMs } });
}

function subFiles(tiles: number): string[] {
  return Array.from({ length: tiles }, (_, index) => loopFile({ camera: index + 1, quality: 'sub' }));
}
