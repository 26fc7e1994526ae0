import { afterAll, beforeAll, expect, test } from 'vitest';
import { pushLimits } from '#contract/cameras/index.ts';
import { canMakeLines, type Weather } from '#test/builders/badLine.ts';
import type { PushWindow } from '#test/fakes/pushWindow.ts';
import { type FarWall, farTiles, openFarWall, type Shown } from '#test/builders/farWall.ts';

const isLong = process.env['COMMANDWALL_LONG'] === '1';
const canTry = canMakeLines();

let wall: FarWall;
let witnessed: ReturnType<typeof createLieFinder>;
beforeAll(async () => {
  if (!canTry) return;
  wall = await openFarWall();
  witnessed = createLieFinder();
});
afterAll(() => wall?.close());

/**
 * Finds tiles that say 实况 over an old picture. How old it is comes from somebody else with a good line, never from the window. Until a
 * tile has changed its word, a tick and a look may pass; a lie is one that is found at two looks that lie further apart than that.
 */
function createLieFinder() {
  const tickMs = 1_500;
  const seenAtMs = new Map<number, number>();
  const suspectSinceMs = new Map<number, number>();
  const lies: string[] = [];
  let looks = 0;
  return {
    lies,
    looks: () => looks,
    take(shown: readonly Shown[]): void {
      looks += 1;
      for (const { cell, atMs, state, quality, mediaTime } of shown) {
        const arrivedAtMs = mediaTime === null ? null : wall.arrivedAtMs({ cell, quality, mediaTime });
        if (arrivedAtMs !== null) seenAtMs.set(cell, arrivedAtMs);
        const ageMs = atMs - (seenAtMs.get(cell) ?? atMs);
        if (state !== '实况' || ageMs <= pushLimits.maxPictureAgeMs) suspectSinceMs.delete(cell);
        else if (!suspectSinceMs.has(cell)) suspectSinceMs.set(cell, atMs);
        const suspectedMs = atMs - (suspectSinceMs.get(cell) ?? atMs);
        if (suspectedMs > tickMs) lies.push(`cell ${cell} says live, its picture is ${Math.round(ageMs)} ms old`);
      }
    },
  };
}

let newest: readonly Shown[] = [];
/** Looks again and again until it is so. */
async function lookUntil(isSo: (shown: readonly Shown[]) => boolean): Promise<void> {
  for (;;) {
    newest = await wall.look();
    witnessed.take(newest);
    if (isSo(newest)) return;
  }
}
const all = (isSo: (shown: Shown) => boolean) => (shown: readonly Shown[]) => shown.length === farTiles && shown.every(isSo);
const isLive = ({ state, mediaTime }: Shown) => state === '实况' && mediaTime !== null;
const after = (ms: number) => {
  const endMs = Date.now() + ms;
  return () => Date.now() > endMs;
};
/** And for so long that each picture has been opened anew. */
const forLong = (isSo: (shown: readonly Shown[]) => boolean) => () => {
  const isOver = after(20_000);
  return (shown: readonly Shown[]) => isOver() && isSo(shown);
};

test.skipIf(!canTry)('on a clear line nine large tiles play their main stream, and what they say is true', async () => {
  await lookUntil(all((shown) => isLive(shown) && shown.quality === 'main'));
  expect(newest.map(({ cell, quality, mediaTime }) => wall.arrivedAtMs({ cell, quality, mediaTime: mediaTime! }) !== null)).toEqual(
    newest.map(() => true),
  );
});

test.skipIf(!canTry)(
  'on a line of 2 Mbit/s all nine go down to the small stream with words, play there, and climb again when it is clear',
  async () => {
    wall.line.become({ kind: 'slow', kbitPerS: 2_000 });
    await lookUntil(all(({ quality }) => quality === 'sub'));
    await lookUntil(all((shown) => isLive(shown) && shown.badge === '子码流：线路慢'));
    expect(wall.line.bitten()).toBeGreaterThan(0);
    expect(witnessed.lies).toEqual([]);
    wall.line.become({ kind: 'clear' });
    // Two clean minutes, then the better way is tried beside the worse one.
    if (isLong) await lookUntil(all((shown) => isLive(shown) && shown.quality === 'main' && shown.badge === ''));
    expect(witnessed.lies).toEqual([]);
  },
  600_000,
);

type Bad = { readonly name: string; readonly weather: Weather; readonly isSo: () => (shown: readonly Shown[]) => boolean };
/** `isSo`: what the tiles come to while it lasts. */
const bads: readonly Bad[] = [
  { name: 'of 64 kbit/s', weather: { kind: 'slow', kbitPerS: 64 }, isSo: () => (shown) => shown.filter(isLive).length < farTiles / 2 },
  { name: 'that loses 30 % of all packets', weather: { kind: 'loss', percent: 30 }, isSo: () => after(15_000) },
  { name: 'that loses what the window says', weather: { kind: 'oneWay', lost: 'toPlatform' }, isSo: () => all((shown) => !isLive(shown)) },
  { name: 'that loses what the window is told', weather: { kind: 'oneWay', lost: 'toDesk' }, isSo: () => all((shown) => !isLive(shown)) },
  { name: 'that is cut', weather: { kind: 'cut' }, isSo: forLong(all(({ state }) => state === '停滞')) },
];

test.skipIf(!canTry).each(bads)(
  'on a line $name no tile says live over an old picture, and all live again by themselves',
  { timeout: 600_000 },
  async ({ weather, isSo }) => {
    const looksBefore = witnessed.looks();
    wall.line.become(weather);
    await lookUntil(isSo());
    expect(wall.line.bitten()).toBeGreaterThan(0);
    wall.line.become({ kind: 'clear' });
    await lookUntil(all(isLive));
    expect(witnessed.looks()).toBeGreaterThan(looksBefore + 5);
    expect(witnessed.lies).toEqual([]);
  },
);

test.skipIf(!canTry)('a window whose main thread is blocked for five seconds lives again, and says nothing that is not so', async () => {
  const blocked = wall.page.evaluate(() => {
    const endMs = performance.now() + 5_000;
    while (performance.now() < endMs);
  });
  await blocked;
  await lookUntil(all(isLive));
  expect(witnessed.lies).toEqual([]);
});

test.skipIf(!canTry)(
  'the memory of the gateway does not grow with what a slow line keeps it from sending',
  async () => {
    const far = await Promise.all(['far-1', 'far-2', 'far-3'].map(wall.openFarWindow));
    const bytesOf = (windows: readonly PushWindow[]) =>
      windows.flatMap(({ received }) => received).reduce((sum, { bytes }) => sum + bytes.length, 0) / 2 ** 20;
    await lookUntil(() => far.every(({ received }) => received.length > farTiles));
    wall.line.become({ kind: 'slow', kbitPerS: 250 });
    const [sentBefore, dueBefore] = [bytesOf(far), bytesOf([wall.witness])];
    const sizes: number[] = [];
    for (let round = 0; round < (isLong ? 40 : 10); round += 1) {
      await lookUntil(after(3_000));
      sizes.push(await wall.gateway.residentMB());
    }
    // The witness has the small streams as well: at most an eighth of it.
    const heldBackMB = far.length * (bytesOf([wall.witness]) - dueBefore) * 0.8 - (bytesOf(far) - sentBefore);
    console.log(`gateway, MB every 3 s: ${sizes.map(Math.round).join(' ')}; held back from three windows: ${Math.round(heldBackMB)} MB`);
    const grownMB = Math.max(...sizes.slice(sizes.length / 2)) - Math.max(...sizes.slice(0, sizes.length / 2));
    // The second half alone would add half of all that was held back.
    expect(heldBackMB).toBeGreaterThan(40);
    expect(grownMB).toBeLessThan(heldBackMB / 4);
    for (const window of far) await window.close();
    wall.line.become({ kind: 'clear' });
    await lookUntil(all(isLive));
    expect(witnessed.lies).toEqual([]);
  },
  600_000,
);
