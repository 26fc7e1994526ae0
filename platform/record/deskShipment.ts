import { type FactType, parseFact } from '#contract/catalogue/index.ts';
import { deskFeed, type Fact } from '#contract/record/index.ts';
import { type CountyId, type DeskId, granted, type Result, refused } from '#contract/values/index.ts';
import { wallFacts } from '#contract/wall/index.ts';
import type { Draft } from './feeds.ts';
import { readThroughEpochs } from './history.ts';
import type { RecordStore } from './store.ts';
import type { Shipment } from './writer.ts';

type ShippedFact = { readonly seq: number; readonly fact: Fact };

/**
 * Facts of a workstation's own walls. The platform appends them in order and idempotently; it refuses only what is not this desk's to
 * tell (another subject, another county, no wall fact), what it cannot read, a gap, and a past that differs from the one it holds.
 */
export function deskShipment({
  deskId,
  countyId,
  facts,
  store,
}: {
  deskId: DeskId;
  countyId: CountyId;
  facts: readonly ShippedFact[];
  store: RecordStore;
}): Shipment {
  return {
    async place(draft, receipts) {
      const checked = checkShipped({ deskId, countyId, facts, settledSeq: receipts.shippedSeqOf(deskId) });
      if (!checked.ok) return checked;
      const settledSeq = receipts.shippedSeqOf(deskId);
      const known = facts.filter(({ seq }) => seq <= settledSeq);
      if (!(await isSamePast({ draft, deskId, known, store }))) return refused('bus.deskPastDiffers', { settledSeq });
      const fresh = facts.filter(({ seq }) => seq > settledSeq);
      for (const { fact } of fresh) draft.append(fact, [deskFeed(deskId)]);
      const last = fresh.at(-1);
      if (last !== undefined) receipts.keepShipped(deskId, last.seq);
      return granted(last?.seq ?? settledSeq);
    },
  };
}

function checkShipped({
  deskId,
  countyId,
  facts,
  settledSeq,
}: {
  deskId: DeskId;
  countyId: CountyId;
  facts: readonly ShippedFact[];
  settledSeq: number;
}): Result<null> {
  const first = facts[0]?.seq ?? 1;
  if (first > settledSeq + 1) return refused('bus.missingFacts', { missingFrom: settledSeq + 1 });
  for (const [index, { seq, fact }] of facts.entries()) {
    if (seq !== first + index) return refused('bus.missingFacts', { missingFrom: first + index });
    const isOwn = fact.subject === `desk/${deskId}` && fact.countyId === countyId && isOwnActor(fact, deskId);
    if (!isOwn) return refused('bus.notThisDesk', { seq });
    const known = parseFact(fact);
    if (known === null || !isWallFact(known.type)) return refused('bus.unknownFact', { seq });
  }
  return granted(null);
}

function isOwnActor({ actor }: Fact, deskId: DeskId): boolean {
  return actor === `device/${deskId}` || actor.startsWith('person/');
}

function isWallFact(type: FactType): boolean {
  return Object.hasOwn(wallFacts, type);
}

/** A desk whose journal was replaced counts from 1 again: what it then tells must not vanish silently among "already had". */
async function isSamePast({
  draft,
  deskId,
  known,
  store,
}: {
  draft: Draft;
  deskId: DeskId;
  known: readonly ShippedFact[];
  store: RecordStore;
}): Promise<boolean> {
  const first = known[0];
  if (first === undefined) return true;
  const { feed, epoch } = draft.headOf(deskFeed(deskId));
  const recorded = await readThroughEpochs({ store, feed, epoch, afterSeq: first.seq - 1, limit: known.length });
  const inDraft = draft.indexed().flatMap(({ fact, places }) => places.map((place) => ({ ...place, fact })));
  const held = new Map([...recorded, ...inDraft.filter((place) => place.feed === feed)].map(({ seq, fact }) => [seq, fact]));
  return known.every(({ seq, fact }) => isSameFact(held.get(seq), fact));
}

function isSameFact(held: Fact | undefined, told: Fact): boolean {
  if (held === undefined) return false;
  return (Object.keys(told) as (keyof Fact)[]).every((field) => held[field] === told[field]);
}
