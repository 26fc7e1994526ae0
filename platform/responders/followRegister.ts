import { may, type PolicyActor, questionSurfaces } from '#contract/access/index.ts';
import type { Actor } from '#contract/record/index.ts';
import type { FollowOne } from '#contract/map/index.ts';
import { type DeskId, granted, type PersonId, type RegionId, type Result, refused } from '#contract/values/index.ts';
import type { Directory } from '../directory/index.ts';
import type { Writer } from '../record/index.ts';

/** Who asks: a person at a workstation. */
type FollowAsker = { readonly personId: PersonId; readonly deskId: DeskId; readonly actor: PolicyActor };

/** Lets people see the way of one responder, and puts on the record that they did. */
export type FollowRegister = { ask(question: FollowOne, asker: FollowAsker | null): Promise<Result<null>> };

export function createFollowRegister({
  directory,
  writer,
}: {
  directory: Pick<Directory, 'rows' | 'regionPath' | 'revision'>;
  writer: Pick<Writer, 'submit'>;
}): FollowRegister {
  let known: { readonly revision: number; readonly regions: ReadonlyMap<string, RegionId> } | null = null;
  /** Thousands of people, asked for one at a time. */
  const regionOf = (responderId: string): RegionId | undefined => {
    const revision = directory.revision();
    if (known?.revision !== revision) {
      known = { revision, regions: new Map(directory.rows('responders').map(({ id, regionId }) => [id, regionId])) };
    }
    return known.regions.get(responderId);
  };
  return {
    async ask({ type, responderId, purpose }, asker) {
      const regionId = regionOf(responderId);
      // Nobody, and somebody of another territory, are the same answer.
      if (asker === null || regionId === undefined) return refused('access.notAllowed');
      const { actor, personId, deskId } = asker;
      if (!may(actor, questionSurfaces[type].action, { regionPath: directory.regionPath(regionId) })) return refused('access.notAllowed');
      const payload = { responderId, purpose, deskId, personId };
      const facts = [{ type: 'audit.responderFollowed', subject: `responder/${responderId}`, payload }] as const;
      const told = await writer.submit({ key: null, actor: `person/${personId}` as Actor, decide: () => granted({ facts }) });
      return told.ok ? granted(null) : refused('bus.notRecorded');
    },
  };
}
