import { expect, test } from 'vitest';
import { openEmptyCounty, told } from '../testing/county.ts';
import { outlineLimits } from './features.ts';

// A million points are 25 MB of text: seconds on a machine that does other things besides.
const patience = { timeout: 120_000 } as const;

/** A round town of so many points, written as a file has it: seven decimals. */
function townOf(points: number, damage: (written: string[]) => string[] = (written) => written): string {
  const written = Array.from({ length: points }, (_, index) => {
    const angle = (index / points) * 2 * Math.PI;
    return `[${(108.6 + Math.cos(angle) / 10).toFixed(7)},${(33.2 + Math.sin(angle) / 10).toFixed(7)}]`;
  });
  const ring = damage(written);
  const properties = '{"名称":"城关镇","级别":"镇","区划代码":"610999100"}';
  const geometry = `{"type":"Polygon","coordinates":[[${[...ring, ring[0]].join(',')}]]}`;
  return `{"type":"FeatureCollection","features":[\n{"type":"Feature","properties":${properties},"geometry":${geometry}}\n]}`;
}

test('a town of a million points comes in whole', patience, async () => {
  const { bring, directory } = await openEmptyCounty();
  const report = await bring({ 'regions.geojson': townOf(1_000_000) });
  const [{ rings } = { rings: [] }] = directory.rows('polygons');
  expect([told(report), rings[0]?.length]).toEqual([[], 1_000_001]);
});

test('one crossing among three hundred thousand points is found', patience, async () => {
  const { bring, directory } = await openEmptyCounty();
  const report = await bring({ 'regions.geojson': townOf(300_000, (written) => written.with(75_000, '[108.6,33.0]')) });
  expect([told(report), directory.rows('polygons').length]).toEqual([[['regions.geojson', 'features[0].geometry', 'selfCrossing']], 0]);
});

test('more points than any county has are refused before they are looked at', patience, async () => {
  const { bring, directory } = await openEmptyCounty();
  const report = await bring({ 'regions.geojson': townOf(outlineLimits.points + 1) });
  expect([report.problems.map(({ code, params }) => [code, params]), directory.rows('polygons').length]).toEqual([
    [['directory.import.tooManyPoints', { most: outlineLimits.points }]],
    0,
  ]);
});
