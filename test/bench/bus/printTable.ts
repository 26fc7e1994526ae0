import type { BusFigures } from './bench.ts';

type Spread = { readonly median: number; readonly min: number; readonly max: number };
const text = ({ median, min, max }: Spread) => `${median} (${min}-${max})`.padEnd(28);
const padded = (words: readonly string[]) => words.map((word) => word.padEnd(28)).join('');

/** Writes the figures for people; the JSON line is for the checker. */
export function printTable(startedOn: string, figures: BusFigures): void {
  const { throughput, fdatasync, resume10k, resume100k, reconnect, fileSystem } = figures;
  console.log(`${startedOn}, ${fileSystem}, ${fdatasync.syncs} syncs of the log for ${fdatasync.facts} facts; medians (smallest-largest)`);
  console.log(`${''.padEnd(18)}${padded(['facts/s to 10 desks', 'p50 ms', 'p99 ms', 'CPU ms per 1000', 'delivered'])}`);
  for (const [name, side] of Object.entries(throughput)) {
    const { factsPerSecond, p50Ms, p99Ms, cpuMsPer1000, delivered } = side;
    console.log(`${name.padEnd(18)}${[factsPerSecond, p50Ms, p99Ms, cpuMsPer1000, delivered].map(text).join('')}`);
  }
  for (const { missed, by, ms, longestBusyMs } of [resume10k, resume100k]) {
    console.log(`${missed} missed facts, by ${by}: ${text(ms)} ms, the desk busy in one piece for at most ${text(longestBusyMs)} ms`);
  }
  const { desks, ms, memoryBeforeMiB, memoryConnectedMiB, memoryAfterMiB } = reconnect;
  console.log(
    `${desks} desks back after ${ms} ms; platform ${memoryBeforeMiB} MiB, connected ${memoryConnectedMiB}, after ${memoryAfterMiB}`,
  );
  printLossless(figures.lossless);
  printPositions(figures.positions);
}

function printLossless({ facts, cuts, kills, desks, lost, doubled, refused, ms }: BusFigures['lossless']): void {
  console.log(
    `${facts} facts, ${cuts} cut sockets, ${kills} killed servers, ${desks} desks: ${lost} lost, ${doubled} doubled, ${refused} refused, ${ms} ms`,
  );
}

function printPositions({ responders, ticks, frames, json, laterBytesPerTick }: BusFigures['positions']): void {
  console.log(`${responders} responders, ${ticks} ticks a repetition; bytes behind the socket, no compression on either side`);
  console.log(`${''.padEnd(18)}${padded(['bytes per tick', "desk's CPU ms", "server's CPU ms"])}`);
  for (const [name, { bytesPerTick, deskCpuMs, serverCpuMs }] of Object.entries({ frames, json })) {
    console.log(`${name.padEnd(18)}${[bytesPerTick, deskCpuMs, serverCpuMs].map(text).join('')}`);
  }
  const share = (laterBytesPerTick / json.bytesPerTick.median).toPrecision(2);
  console.log(`${'later, every sixth'.padEnd(18)} ${laterBytesPerTick} bytes per tick: ${share} of the JSON form`);
}
