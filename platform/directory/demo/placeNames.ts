import type { Randomness } from '#contract/values/index.ts';
import { pick, seededRandomness } from '#platform/demo/randomness.ts';
import { romanised } from './spelling.ts';

/** A place's bare name in both languages (沿河, Yanhe) and its full one (沿河村, Yanhe Village). */
export type PlaceName = { readonly stem: string; readonly stemEn: string; readonly name: string; readonly nameEn: string };

// Towns and the villages that cameras, pictures and handbooks speak of; the rest is composed. All invented.
const knownTowns: readonly { stem: string; communities: readonly string[]; villages: readonly string[] }[] = [
  { stem: '城关', communities: ['东门', '南苑', '西关', '北街'], villages: ['沿河'] },
  { stem: '云岭', communities: ['云苑'], villages: ['高坪', '雾岭'] },
  { stem: '松河', communities: ['新街'], villages: ['松林'] },
  { stem: '渡口', communities: ['码头'], villages: ['大湾'] },
  { stem: '筒石', communities: ['老街'], villages: ['河口'] },
  { stem: '双溪', communities: ['集镇'], villages: ['溪口'] },
  { stem: '梅坪', communities: ['梅苑'], villages: ['石桥'] },
  { stem: '柳湾', communities: ['柳苑'], villages: ['柳林'] },
  { stem: '青石', communities: ['青苑'], villages: ['石坡'] },
  { stem: '桐岭', communities: ['桐苑'], villages: ['垭口'] },
  { stem: '沙田', communities: ['沙苑'], villages: ['田坝'] },
];

// Characters with one reading only, so that pinyin is right whoever spells it.
const firsts = [
  ...'高大石松柳竹桃梨杏枫桐杨槐柏梅兰荷莲茶麻稻麦白青金银玉龙凤虎马鹿鹤双三五八上下前后东南西北新老宽平安福瑞清明月星云雾雪樟桂榆椿苇藤岩',
];
const lasts = [...'坪湾沟坝岭坡河溪塘池泉桥寨营庄店峪垭梁岩台坳洼滩峡关峰园林洞井源'];
// Composed by chance, but names of well-known counties and towns.
const taken = new Set([
  '石泉',
  '白河',
  '金寨',
  '凤台',
  '玉泉',
  '双桥',
  '龙泉',
  '三台',
  '新河',
  '清河',
  '南台',
  '龙岩',
  '清源',
  '平泉',
  '白云',
  '安平',
  '马关',
  '清溪',
  '上林',
  '西林',
  '桂林',
  '玉林',
  '榆林',
  '平坝',
  '新源',
  '安源',
  '凤泉',
  '三河',
  '大关',
  '南园',
  '北关',
  '西峡',
  '三峡',
]);

/** Names of towns by index: the known ones first. */
export function townNames({ seed, count }: { seed: number; count: number }): PlaceName[] {
  const random = seededRandomness({ seed, label: 'town names' });
  const stems = knownTowns.slice(0, count).map(({ stem }) => stem);
  const used = new Set(stems);
  while (stems.length < count) stems.push(newStem(random, used));
  return stems.map((stem) => ({ ...bare(stem), name: `${stem}镇`, nameEn: `${romanised(stem)} Town` }));
}

/** What a village's name follows from: its town, and how far the nearest river is. */
export type VillageSite = { readonly town: number; readonly riverKm: number };

/**
 * Names of villages. Those of a town come in order, the ones by the seat first: these are communities. The first known village name
 * (沿河, 河口, 大湾 ...) goes to the village nearest to a river.
 */
export function villageNames({ seed, villages }: { seed: number; villages: readonly VillageSite[] }): PlaceName[] {
  const random = seededRandomness({ seed, label: 'village names' });
  const used = new Set(knownTowns.flatMap((town) => [town.stem, ...town.communities, ...town.villages]));
  const known = knownStems(villages);
  return villages.map((_, index) => {
    const { stem, isCommunity } = known.get(index) ?? { stem: newStem(random, used), isCommunity: false };
    return isCommunity
      ? { ...bare(stem), name: `${stem}社区`, nameEn: `${romanised(stem)} Community` }
      : { ...bare(stem), name: `${stem}村`, nameEn: `${romanised(stem)} Village` };
  });
}

function knownStems(villages: readonly VillageSite[]): Map<number, { stem: string; isCommunity: boolean }> {
  const stems = new Map<number, { stem: string; isCommunity: boolean }>();
  knownTowns.forEach((known, town) => {
    const places = villages.flatMap((village, index) => (village.town === town ? [{ index, riverKm: village.riverKm }] : []));
    const count = known.communities.length;
    const rest = places.slice(count).toSorted((one, other) => one.riverKm - other.riverKm);
    known.communities.forEach((stem, order) => stems.set(places[order]?.index ?? -1, { stem, isCommunity: true }));
    known.villages.forEach((stem, order) => stems.set(rest[order]?.index ?? -1, { stem, isCommunity: false }));
  });
  return stems;
}

function bare(stem: string): { stem: string; stemEn: string } {
  return { stem, stemEn: romanised(stem) };
}

function newStem(random: Randomness, used: Set<string>): string {
  for (;;) {
    const stem = pick(random, firsts) + pick(random, lasts);
    if (used.has(stem) || taken.has(stem) || stem[0] === stem[1]) continue;
    used.add(stem);
    return stem;
  }
}
