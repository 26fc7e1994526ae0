import { AskPersonNames, type PersonNames, type PolicyActor } from '#contract/access/index.ts';
import { drawingsAt } from '#contract/map/index.ts';
import { feedParts } from '#contract/record/index.ts';
import type { Clock, DeskId, PersonId } from '#contract/values/index.ts';
import { type Access, personActor, type SurfaceAnswers } from './access/index.ts';
import { readableFeeds, type Territories } from './bus/index.ts';
import type { RecordView } from './record/index.ts';

/** Stands for whichever desk the person sits at: walls name nobody. */
const anyDesk = 'any' as DeskId;

type NameSources = {
  readonly access: Pick<Access, 'people'>;
  readonly view: Pick<RecordView, 'stateOf'>;
  readonly territories: () => Territories;
  readonly clock: Clock;
};

/**
 * Names of people to whoever may see what they made: the authors of drawings that stand in a feed that he reads. Whoever has an account
 * is named, also when it is disabled; everybody else is left out, whether or not there is such a person.
 */
export function createPersonNaming({ access, view, territories, clock }: NameSources) {
  return (actor: PolicyActor, { personIds }: AskPersonNames): PersonNames => {
    const nowMs = clock.nowMs();
    const feeds = readableFeeds({ actor, deskId: anyDesk, territories: territories() }).filter((feed) => feedParts(feed).kind !== 'desk');
    const authors = new Set<PersonId>(
      feeds.flatMap((feed) => drawingsAt(view.stateOf(feed).drawings, nowMs).map(({ authorId }) => authorId)),
    );
    const asked = new Set<PersonId>(personIds);
    const named = access.people().filter(({ personId }) => asked.has(personId) && authors.has(personId));
    return { people: named.map(({ personId, name, roles }) => ({ personId, name, roles: [...roles] })) };
  };
}

/** The page of it. */
export function personNameAnswers(sources: NameSources): SurfaceAnswers<'personNames'> {
  const namesFor = createPersonNaming(sources);
  return {
    async personNames({ context, caller }) {
      const asked = AskPersonNames.safeParse(await context.req.json().catch(() => null));
      return asked.success ? context.json(namesFor(personActor(caller.person), asked.data)) : context.json({ code: 'bus.badMessage' }, 400);
    },
  };
}
