import { Responder } from '#contract/directory/index.ts';
import type { CountyId, Randomness } from '#contract/values/index.ts';
import type { Land } from './land.ts';
import { pick, seededRandomness } from '#platform/demo/randomness.ts';
import { regionIds } from './regions.ts';

const surnames = [
  ...'王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕苏卢蒋蔡贾丁魏薛叶阎余潘杜戴夏钟汪田任姜范方石姚谭廖邹熊金陆郝孔白崔康毛邱秦江史顾侯邵孟龙万段',
];
const givenFirsts = [...'秀玉桂春文志建永明国德世家少晓海天立书宏光兴学'];
const givenLasts = [...'兰英梅芳霞云珍莲凤琴华生林山军勇刚亮辉涛波斌敏丽娟燕娜静洁雯宁福贵祥义礼仁安顺田根水木荣'];

/** A composed name of nobody in particular. */
export function inventedName(random: Randomness): string {
  const first = random() < 0.25 ? '' : pick(random, givenFirsts);
  return `${pick(random, surnames)}${first}${pick(random, givenLasts)}`;
}

/** A phone number that nobody can have: no Chinese number begins with 000. */
export function inventedPhone(number: number): string {
  return `000-${String(Math.floor(number / 10_000)).padStart(4, '0')}-${String(number % 10_000).padStart(4, '0')}`;
}

// Beyond one worker per grid, whoever else a prefecture counts; kinds are data, these are the demo's.
const otherKinds = ['gridAssistant', 'gridAssistant', 'villageCadre', 'buildingHead', 'forestRanger', 'riverPatroller', 'volunteer'];

/** One grid worker per grid, in the order of the territory tree, then the others; `index` is dense from 0. */
export function respondersOf(land: Land, countyId: CountyId): Responder[] {
  const random = seededRandomness({ seed: land.seed, label: 'responders' });
  const cells = land.territories.villages.flatMap((village) => village.cells);
  const used = new Set<string>();
  const freshName = () => {
    for (;;) {
      const name = inventedName(random);
      if (used.has(name)) continue;
      used.add(name);
      return name;
    }
  };
  const rows = Array.from({ length: land.sizes.responders }, (_, index) => ({
    countyId,
    id: `rsp-${String(index + 1).padStart(5, '0')}`,
    index,
    kind: index < cells.length ? 'gridWorker' : pick(random, otherKinds),
    name: freshName(),
    regionId: regionIds.grid(countyId, cells[index] ?? pick(random, cells)),
  }));
  return Responder.array().parse(rows);
}
