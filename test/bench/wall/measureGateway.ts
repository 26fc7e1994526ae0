import { z } from 'zod';
import { routes } from '#contract/bus/index.ts';
import { cpuMs } from '../measure.ts';
import { measurePlainPackager } from '../baseline/plainPackager.ts';
import { memoryOf } from './benchBrowser.ts';
import { drawLoops, loopFile } from './loops.ts';
import { startProgram } from './processes.ts';
import { passing } from './passing.ts';

/** What one repetition of a gateway with so many sources and viewers gave, its ffmpeg processes with it. */
export type GatewaySample = { readonly cpuPercent: number; readonly memoryMiB: number; readonly deliveredShare: number };

/** A row: our gateway and, where no viewer is asked for, plain `ffmpeg -f hls` to files. */
export type GatewayRow = {
  readonly sources: number;
  readonly viewers: number;
  readonly gateway: readonly GatewaySample[];
  readonly plain: readonly Omit<GatewaySample, 'deliveredShare'>[];
};

const loops = 16;
/** What is measured: so many sources, each looked at by so many viewers. */
export const gatewayRows: readonly Pick<GatewayRow, 'sources' | 'viewers'>[] = [
  { sources: 1, viewers: 1 },
  { sources: 16, viewers: 1 },
  { sources: 64, viewers: 1 },
  { sources: 1, viewers: 10 },
  { sources: 1, viewers: 100 },
];

/** Gateway and plain packager in turns. */
export async function measureGateway({
  repetitions,
  rows,
  windowMs,
}: {
  repetitions: number;
  rows: typeof gatewayRows;
  windowMs: number;
}): Promise<readonly GatewayRow[]> {
  await drawLoops({ cameras: Math.min(loops, Math.max(...rows.map(({ sources }) => sources))), qualities: ['sub'] });
  const measured: GatewayRow[] = [];
  for (const { sources, viewers } of rows) {
    const gateway: GatewaySample[] = [];
    const plain: GatewayRow['plain'][number][] = [];
    for (let round = 0; round < repetitions; round += 1) {
      process.stderr.write(`${sources} sources, ${viewers} viewers, repetition ${round + 1}\n`);
      gateway.push(await measureOurs({ sources, viewers, windowMs }));
      const files = Array.from({ length: sources }, (_, index) => loopFile({ camera: (index % loops) + 1, quality: 'sub' }));
      plain.push(await measurePlainPackager({ files, windowMs }));
    }
    measured.push({ sources, viewers, gateway, plain });
  }
  return measured;
}

/** Every viewer opens every source over a push socket of its own, in a process that does nothing else. */
async function measureOurs({ sources, viewers, windowMs }: { sources: number; viewers: number; windowMs: number }): Promise<GatewaySample> {
  const gateway = await startProgram({ file: 'gatewayProcess.ts', words: [`${loops}`], ready: z.object({ url: z.string() }) });
  const pushUrl = `${gateway.ready.url.replace('http', 'ws')}${routes.mediaPush}`;
  const words = [pushUrl, `${sources}`, `${viewers}`];
  const told: number[] = [];
  const reading = await startProgram({ file: 'viewersProcess.ts', words, ready: z.object({ ready: z.literal('viewers') }), told });
  await passing(2_000);
  const [before, framesBefore, startedAtMs] = [cpuMs([gateway.pid]), told.at(-1) ?? 0, performance.now()];
  await passing(windowMs);
  const lastedMs = performance.now() - startedAtMs;
  const cpuPercent = ((cpuMs([gateway.pid]) - before) / lastedMs) * 100;
  const seconds = (told.at(-1) ?? 0) - framesBefore;
  const { all } = await memoryOf(gateway.pid);
  await reading.end();
  await gateway.end();
  return { cpuPercent, memoryMiB: all, deliveredShare: seconds / ((sources * viewers * lastedMs) / 1000) };
}
