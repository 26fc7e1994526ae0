import { z } from 'zod';
import { PersonId } from '#contract/values/index.ts';
import { Role } from './policy.ts';
import { PersonView } from './session.ts';

/** People asked for in one question at most. */
export const namesAtOnce = 50;

/** Who are these (POST /api/access/names): answered of people who made something that the asker may see, and of nobody else. */
export const AskPersonNames = z.strictObject({ personIds: z.array(PersonId).min(1).max(namesAtOnce).readonly() });
export type AskPersonNames = z.infer<typeof AskPersonNames>;

/** Who somebody is, for whoever sees what he made. Personal: it is in no fact, and kept on no disk of a desk. */
export const PersonNamed = z.strictObject({ personId: PersonId, name: PersonView.shape.name, roles: z.array(Role).readonly() });
export type PersonNamed = z.infer<typeof PersonNamed>;

/** Those of the people asked for who may be named. Why one is missing is not said: nobody learns who has an account. */
export const PersonNames = z.strictObject({ people: z.array(PersonNamed).max(namesAtOnce).readonly() });
export type PersonNames = z.infer<typeof PersonNames>;
