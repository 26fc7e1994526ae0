import { z } from 'zod';
import { DeskId, EpochMs, PersonId } from '#contract/values/index.ts';

/** Why a session ended without its person's word; a log-out is `audit.loggedOut`. */
export const SessionEnd = z.enum(['expired', 'disabled', 'rightsChanged', 'passwordChanged']);
export type SessionEnd = z.infer<typeof SessionEnd>;

/** Facts about accounts, sessions, workstations and the audit itself. Ids only: never a name, a password, a code or a key. */
export const accountFacts = {
  /** Somebody who knew the one-time code became the first administrator. */
  'audit.administratorNamed': z.strictObject({ personId: PersonId }),
  /** A demo made its accounts, whose passwords everybody may read. */
  'audit.demoAccountsMade': z.strictObject({ accounts: z.int().min(1) }),
  /** A workstation got an identity with the territory of the person (the actor) who enrolled it. */
  'audit.deskEnrolled': z.strictObject({ deskId: DeskId, personId: PersonId }),
  /** One session ended, or several of the same person at once. */
  'audit.sessionEnded': z.strictObject({ personId: PersonId, why: SessionEnd, sessions: z.int().min(1) }),
  /** Somebody set his own password. `was` = the one before had been made for him (`oneTime`) or was his (`own`). */
  'audit.passwordChanged': z.strictObject({ personId: PersonId, was: z.enum(['oneTime', 'own']) }),
  /** Since `sinceMs` nothing could be written here; `untold` facts about what had ended by itself followed late, right behind this one. */
  'audit.interrupted': z.strictObject({ sinceMs: EpochMs, untold: z.int().min(0) }),
  /**
   * This record was put back from a backup that was made at `madeAtMs`, and goes on under `epoch`. `by` is the account of the operating
   * system that did it. `disabledAgain` accounts had been disabled since, and were disabled again.
   */
  'audit.restored': z.strictObject({
    madeAtMs: EpochMs,
    by: z.string().min(1).max(64),
    epoch: z.string().min(1).max(64),
    disabledAgain: z.int().min(0),
  }),
} as const;
