import type { Clock, CountyId } from '#contract/values/index.ts';
import type { Access, AccountEvent } from '../access/index.ts';
import type { Log } from '../ports.ts';
import type { Feeds, Writer } from '../record/index.ts';
import type { AuditKeys } from './auditKeys.ts';
import { auditLogins } from './auditLogins.ts';
import { createHeadSigner, type HeadLists, type SignHeads } from './headSigner.ts';
import { createRegister, type Register } from './register.ts';

/** What the audit needs from the data folder. */
export type AuditPorts = { readonly keys: AuditKeys; readonly lists: HeadLists };

/** The audit of a running platform. */
export type Audit = {
  /** The access that was given, with each log-in on the record. */
  readonly access: Access;
  readonly onView: Register['view'];
  readonly onAccountChanged: (event: AccountEvent) => void;
  readonly signHeads: SignHeads;
};

/** Opens the register, after the record and before anybody is let in. */
export async function openAudit(ports: {
  audit: AuditPorts;
  access: Access;
  writer: Writer;
  feeds: Feeds;
  countyId: CountyId;
  clock: Clock;
  log: Log;
}): Promise<Audit> {
  const { audit, access, feeds } = ports;
  const personOf = (sessionId: string) => access.signedInById(sessionId)?.person.personId ?? null;
  const register = createRegister({ ...ports, keys: audit.keys, personOf });
  await register.begin();
  return {
    access: auditLogins({ access, register }),
    onView: register.view,
    onAccountChanged: (event) => void register.personChanged(event),
    signHeads: createHeadSigner({ ...ports, ...audit, allHeads: feeds.heads }),
  };
}
