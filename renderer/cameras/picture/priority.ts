import type { ViewPriority } from '#contract/cameras/index.ts';

/** Who comes first: what people look at now, what raised an alarm (nothing does yet: docs/decisions/0017), then by place. `priority` may be another one each time it is read. */
export type Rank = { readonly priority: ViewPriority; readonly place: string };

const order: { readonly [Priority in ViewPriority]: number } = { focused: 0, alarm: 1, usual: 2 };
/** When lines or decoders are short an alarm comes even before the one that is looked at. */
const needOrder: { readonly [Priority in ViewPriority]: number } = { alarm: 0, focused: 1, usual: 2 };

// Places hold numbers: cell 10 stands behind cell 9.
const places = new Intl.Collator('en', { numeric: true });

/** Order in which a window opens its pictures. */
export function byOpening(a: Rank, b: Rank): number {
  return order[a.priority] - order[b.priority] || places.compare(a.place, b.place);
}

/** Order in which what is scarce is given out. */
export function byNeed(a: Rank, b: Rank): number {
  return needOrder[a.priority] - needOrder[b.priority] || places.compare(a.place, b.place);
}
