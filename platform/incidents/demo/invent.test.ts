import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { expect, test } from 'vitest';
import { LngLat, RegionId } from '#contract/values/index.ts';
import { inventIncident, type Site } from './invent.ts';

const locales = path.join(import.meta.dirname, '../../../assets/locales');
const site: Site = { regionId: RegionId.parse('g-1'), townId: null, villageId: null, spots: [LngLat.parse([108, 33])], weight: 1 };

/** Every kind that comes up: the lot that chooses among them goes through its whole range. */
function allKinds(): ReadonlySet<string> {
  const lots = Array.from({ length: 400 }, (_, index) => index / 400);
  return new Set(lots.map((lot) => inventIncident({ sites: [site], nowMs: 0, random: () => lot, age: 'justNow' }).kind));
}

test('every kind of matter that the demo invents has words in both languages, each its own', async () => {
  const kinds = [...allKinds()];
  expect(kinds.length).toBeGreaterThan(10);
  for (const language of ['zh', 'en']) {
    const { incidentKind } = JSON.parse(await readFile(path.join(locales, language, 'map.json'), 'utf8')) as {
      incidentKind: Record<string, string>;
    };
    expect(kinds.filter((kind) => incidentKind[kind] === undefined)).toEqual([]);
    expect(new Set(kinds.map((kind) => incidentKind[kind])).size).toBe(kinds.length);
  }
});
