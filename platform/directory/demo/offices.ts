import { Center, Unit } from '#contract/directory/index.ts';
import type { CountyId } from '#contract/values/index.ts';
import type { Land } from './land.ts';
import { inventedPhone } from './people.ts';
import { toLngLat } from './plane.ts';
import { seededRandomness } from '#platform/demo/randomness.ts';
import { regionIds } from './regions.ts';
import { spellingOf } from './spelling.ts';

/** The county's own center first, then one per town, then one per village: 1 + 91 = 92 sites in the county of 11 towns and 80 villages. */
export function centersOf(land: Land, countyId: CountyId): Center[] {
  const random = seededRandomness({ seed: land.seed, label: 'centers' });
  const { villages } = land.territories;
  const seatCell = (town: number) => villages.find((village) => village.town === town)?.cells[0] ?? 0;
  const sites = [
    { key: 'county', level: 'county', regionId: countyId, cell: seatCell(0), name: land.sizes.name, nameEn: land.sizes.nameEn },
    ...land.towns.map(({ name, nameEn }, town) => ({
      key: `t${String(town + 1).padStart(2, '0')}`,
      level: 'town',
      regionId: regionIds.town(countyId, town),
      cell: seatCell(town),
      name,
      nameEn,
    })),
    ...land.villages.map(({ name, nameEn }, village) => ({
      key: `v${String(village + 1).padStart(3, '0')}`,
      level: 'village',
      regionId: regionIds.village(countyId, village),
      cell: villages[village]?.cells[0] ?? 0,
      name,
      nameEn,
    })),
  ];
  const rows = sites.map(({ key, level, regionId, cell, name, nameEn }, index) => ({
    countyId,
    id: `ctr-${key}`,
    regionId,
    level,
    name: `${name}综治中心`,
    nameEn: `${nameEn} Center`,
    spelling: spellingOf(`${name}综治中心`),
    location: toLngLat(land.pointIn(random, cell)),
    dutyPhone: inventedPhone(10_000 + index),
  }));
  return Center.array().parse(rows);
}

const departments: readonly (readonly [string, string])[] = [
  ['应急管理局', 'Emergency Management Bureau'],
  ['公安局', 'Public Security Bureau'],
  ['消防救援大队', 'Fire and Rescue Brigade'],
  ['交通运输局', 'Transport Bureau'],
  ['水利局', 'Water Resources Bureau'],
  ['自然资源局', 'Natural Resources Bureau'],
  ['林业局', 'Forestry Bureau'],
  ['农业农村局', 'Agriculture and Rural Affairs Bureau'],
  ['住房和城乡建设局', 'Housing and Construction Bureau'],
  ['城市管理局', 'Urban Management Bureau'],
  ['市场监督管理局', 'Market Supervision Bureau'],
  ['生态环境局', 'Environment Bureau'],
  ['卫生健康局', 'Health Bureau'],
  ['教育局', 'Education Bureau'],
  ['民政局', 'Civil Affairs Bureau'],
  ['人力资源和社会保障局', 'Human Resources and Social Security Bureau'],
  ['司法局', 'Justice Bureau'],
  ['信访局', 'Petitions Bureau'],
  ['文化和旅游局', 'Culture and Tourism Bureau'],
  ['气象局', 'Weather Bureau'],
  ['供电公司', 'Power Supply Company'],
  ['供水公司', 'Water Supply Company'],
  ['燃气公司', 'Gas Company'],
  ['交警大队', 'Traffic Police Brigade'],
  ['公路段', 'Highway Section'],
  ['地震局', 'Earthquake Bureau'],
  ['医疗保障局', 'Medical Insurance Bureau'],
  ['退役军人事务局', 'Veterans Affairs Bureau'],
  ['财政局', 'Finance Bureau'],
  ['乡村振兴局', 'Rural Revitalisation Bureau'],
];

/** Departments of the county, then town offices. */
export function unitsOf(land: Land, countyId: CountyId): Unit[] {
  const offices = [
    ...departments.slice(0, land.sizes.departments).map(([name, nameEn]) => ({ regionId: countyId, name, nameEn })),
    ...land.towns.slice(0, land.sizes.townOffices).map(({ name, nameEn }, town) => ({
      regionId: regionIds.town(countyId, town),
      name: `${name}人民政府`,
      nameEn: `${nameEn} Government`,
    })),
  ];
  const rows = offices.map((office, index) => ({
    countyId,
    id: `unit-${String(index + 1).padStart(2, '0')}`,
    ...office,
    dutyPhone: inventedPhone(20_000 + index),
  }));
  return Unit.array().parse(rows);
}
