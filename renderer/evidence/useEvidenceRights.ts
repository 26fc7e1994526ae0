import { type Action, may } from '#contract/access/index.ts';
import { useRoom } from '../room/index.ts';

/** What the person at the console may do with kept pictures, as far as his roles go; the platform asks again, camera by camera. */
export function useEvidenceRights(): {
  readonly mayTake: boolean;
  readonly mayList: boolean;
  readonly mayOpen: boolean;
  readonly mayErase: boolean;
} {
  const person = useRoom((room) => room.person);
  const has = (action: Action) => person !== null && may({ kind: 'person', ...person }, action, { regionPath: person.territory });
  return { mayTake: has('evidence.take'), mayList: has('evidence.list'), mayOpen: has('evidence.open'), mayErase: has('evidence.erase') };
}
