import { newestVersions } from '#contract/catalogue/index.ts';
import { Actor, type Fact } from '#contract/record/index.ts';
import type { CountyId, DeskId } from '#contract/values/index.ts';
import type { WallEntry } from './wallRecord.ts';

/** Who this desk is; null parts are not known before it was enrolled. */
export type DeskIdentity = { readonly deskId: DeskId; readonly countyId: CountyId };

/** Entries as facts of feed `desk/<deskId>`: the same entry gives the same bytes every time, so that shipping it twice is harmless. */
export function deskFactsOf(entries: readonly WallEntry[], { deskId, countyId }: DeskIdentity): readonly { seq: number; fact: Fact }[] {
  return entries.map(({ seq, type, atMs, personId, commandId, payload }) => ({
    seq,
    fact: {
      countyId,
      type,
      v: newestVersions[type],
      atMs,
      actor: Actor.parse(personId === null ? `device/${deskId}` : `person/${personId}`),
      commandId,
      subject: `desk/${deskId}`,
      payload,
    },
  }));
}
