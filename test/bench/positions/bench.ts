/** `npm run bench -- positions [--json] [--reps N] [--smoke]`: positions as binary frames beside their JSON form (docs/benchmarks.md). */
import { parseArgs } from 'node:util';
import { createPositionColumns, encodePositions, type PositionColumns, readPositions, setPosition } from '#contract/responders/index.ts';
import { encodePlain, readPlain } from '../baseline/jsonPositions.ts';
import { commit, machine, quantile, spreadOf } from '../measure.ts';

const { values } = parseArgs({
  options: { json: { type: 'boolean' }, smoke: { type: 'boolean' }, reps: { type: 'string', default: '7' } },
});
/** The responders of a whole county (docs/field.md). */
const responders = 13_028;
const reps = values.smoke ? 1 : Math.max(5, Number(values.reps));
const ticks = values.smoke ? 5 : 100;
const atMs = 1_800_000_000_000;
const newColumns = () => createPositionColumns({ size: responders, directoryRevision: 1 });

type Side = { readonly name: 'frames' | 'json'; readonly bytes: number; tick(): void; readonly seen: PositionColumns };

const startedOn = machine();
const sides = openSides(walkingCounty());
for (const side of sides) cpuMsPerTick(side);
const samples = sides.map((): number[] => []);
for (let rep = 0; rep < reps; rep += 1) for (const [index, side] of sides.entries()) samples[index]?.push(cpuMsPerTick(side));
checkSame(sides);
report();

/** Everybody somewhere in a county of 60 km, walking; drawn from a fixed seed. */
function walkingCounty(): PositionColumns {
  const columns = newColumns();
  let seed = 20_260_801;
  const lot = () => {
    seed = (Math.imul(seed, 1_664_525) + 1_013_904_223) >>> 0;
    return seed / 2 ** 32;
  };
  for (const index of columns.measuredAtMs.keys()) {
    const place = { lng: 108 + lot() * 0.6, lat: 34 + lot() * 0.55, headingDeg: Math.floor(lot() * 360), status: Math.floor(lot() * 6) };
    setPosition(columns, index, { ...place, measuredAtMs: atMs - Math.floor(lot() * 60) * 1000 });
  }
  return columns;
}

function openSides(county: PositionColumns): readonly [Side, Side] {
  const frames = encodePositions(county, { atMs });
  const text = encodePlain(county, { atMs });
  const [ours, theirs] = [newColumns(), newColumns()];
  const readFrames = () => {
    for (const frame of frames) readPositions(frame, ours);
  };
  const bytes = frames.reduce((sum, { length }) => sum + length, 0);
  return [
    { name: 'frames', bytes, seen: ours, tick: readFrames },
    { name: 'json', bytes: text.length, seen: theirs, tick: () => readPlain(text, theirs) },
  ];
}

/** User + system time of this process, with the garbage collection that a side causes. */
function cpuMsPerTick(side: Side): number {
  const before = process.cpuUsage();
  for (let tick = 0; tick < ticks; tick += 1) side.tick();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1000 / ticks;
}

/** No figure counts before both sides have read the same places: six decimals and an f32 differ by less than a metre. */
function checkSame([ours, theirs]: readonly [Side, Side]): void {
  const far = [...ours.seen.measuredAtMs.keys()].filter((index) => {
    const differs = (place: number) => Math.abs((ours.seen.lngLat[place] ?? 0) - (theirs.seen.lngLat[place] ?? 1)) > 1e-5;
    return differs(2 * index) || differs(2 * index + 1) || ours.seen.measuredAtMs[index] !== theirs.seen.measuredAtMs[index];
  });
  if (far.length > 0) throw new Error(`the two ways disagree about ${far.length} responders`);
}

function report(): void {
  const [ours, theirs] = sides;
  const [oursMs, theirsMs] = samples.map((ms) => quantile(ms, 0.5));
  const ratio = (a: number, b: number) => Number((a / b).toPrecision(3));
  const ratios = {
    positionsBytesVsJson: ratio(ours.bytes, theirs.bytes),
    positionsCpuVsJson: ratio(oursMs ?? Number.NaN, theirsMs ?? Number.NaN),
  };
  const raw = Object.fromEntries(sides.map(({ name, bytes }, index) => [name, { bytes, cpuMsPerTick: spreadOf(samples[index] ?? []) }]));
  console.log(`${startedOn}; ${responders} responders, ${reps} x ${ticks} ticks; payload bytes, no compression on either side`);
  for (const [name, { bytes, cpuMsPerTick: cpu }] of Object.entries(raw)) {
    console.log(`${name.padEnd(8)} ${String(bytes).padStart(9)} bytes  ${cpu.median} (${cpu.min}-${cpu.max}) ms CPU to read a tick`);
  }
  for (const [key, value] of Object.entries(ratios)) console.log(`${key.padEnd(22)} ${value}`);
  if (values.json) console.log(JSON.stringify({ benchmark: 'bus', machine: startedOn, commit: commit(), ratios, raw }));
}
