import type { Action } from './policy.ts';

/**
 * Who gets through a surface. `action` asks `may()`: over the asker's own `territory`, over the whole `county`, or over the `subject`
 * that the message names (asked where the subject is looked up). `by: 'person'` leaves workstations out.
 */
export type Guard =
  | {
      readonly kind: 'action';
      readonly action: Action;
      readonly over: 'territory' | 'county' | 'subject';
      readonly by: 'person' | 'anyone';
    }
  /** Opened by a media grant, which was given by that action and is asked again for as long as it is open. */
  | { readonly kind: 'grant'; readonly action: Action }
  /** An enrolled workstation, for its own affairs only. */
  | { readonly kind: 'device'; readonly why: string }
  /** Everybody who reaches the platform. `why` is for whoever reviews it. */
  | { readonly kind: 'public'; readonly why: string };
