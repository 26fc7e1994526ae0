import { expect, test } from 'vitest';
import { exportFolder } from '../export/exportFolder.ts';
import { openEmptyCounty, told } from './testing/county.ts';

const units = '名称\n水利局\n住建局\n';
const cameras = (rows: string) => `编号,名称,所属区域,责任单位\n${rows}\n`;

test('a camera says which department is responsible for it, by name, also of one that comes in the same folder', async () => {
  const { directory, bring } = await openEmptyCounty();
  const report = await bring({ 'units.csv': units, 'cameras.csv': cameras('1,东河桥,本县,水利局\n2,广场,本县,') });
  expect(told(report)).toEqual([]);
  const water = directory.rows('units').find(({ name }) => name === '水利局')?.id;
  expect(directory.rows('cameras').map(({ number, unitId }) => [number, unitId])).toEqual([
    ['1', water],
    ['2', undefined],
  ]);
});

test('a list without the column leaves it, an empty cell takes it away, and an unknown name is refused', async () => {
  const { directory, bring } = await openEmptyCounty();
  await bring({ 'units.csv': units, 'cameras.csv': cameras('1,东河桥,本县,水利局') });
  const unit = () => directory.rows('cameras')[0]?.unitId;
  const water = unit();
  await bring({ 'cameras.csv': '编号,名称,所属区域\n1,东河大桥,本县\n' });
  expect(unit()).toBe(water);
  expect(told(await bring({ 'cameras.csv': cameras('1,东河桥,本县,气象局') }))).toEqual([['cameras.csv', '责任单位', 'unitUnknown']]);
  await bring({ 'cameras.csv': cameras('1,东河桥,本县,') });
  expect(unit()).toBeUndefined();
});

test('what is exported comes in again without a change', async () => {
  const { directory, sourcesOf, bring } = await openEmptyCounty();
  await bring({ 'units.csv': units, 'cameras.csv': cameras('1,东河桥,本县,水利局\n2,广场,本县,') });
  const { files } = exportFolder({ directory, sourcesOf, request: { streams: 'without' } });
  const again = await bring(Object.fromEntries(files.map(({ name, base64 }) => [name, Buffer.from(base64, 'base64')])));
  expect([again.revision, again.rows.changed, told(again)]).toEqual([null, 0, []]);
});
