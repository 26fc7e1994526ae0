import type { Logger } from 'pino';
import type { CountyId } from '#contract/values/index.ts';

/** Structured log, pino's own type: context is bound once with `child`. Never a secret, never picture bytes. */
export type Log = Logger;

/** Unguessable and unique text as a port, so that tests can seed it. */
export type Secrets = {
  /** 256 random bits as base64url (43 characters). */
  newToken(): string;
  /** A UUIDv7: sorts by time of making. */
  newId(): string;
};

/** Who this platform serves. `timeZone` is an IANA name: days and shifts are reckoned in it. */
export type CountyProfile = {
  readonly countyId: CountyId;
  readonly name: string;
  readonly nameEn: string;
  readonly timeZone: string;
};
