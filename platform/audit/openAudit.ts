import type { RecordVerified } from '#contract/audit/index.ts';
import type { Actor } from '#contract/record/index.ts';
import { auditFeed } from '#contract/record/index.ts';
import { type Clock, type CountyId, type DeskId, granted, type PersonId, type Timers } from '#contract/values/index.ts';
import type { AccessLedger, PageRefused } from '../access/index.ts';
import type { ViewRegister } from '../cameras/index.ts';
import type { Log } from '../ports.ts';
import type { FactDraft, Feeds, Writer } from '../record/index.ts';
import type { AuditKeys } from './auditKeys.ts';
import { createHeadSigner, type HeadLists, type SignHeads } from './headSigner.ts';
import { type AuditRecorder, createAuditRecorder } from './recorder.ts';
import { createBudget, createRefusals, type Refusals } from './refusals.ts';
import type { restoredNoteOf } from './restoredNote.ts';
import { createViewRegister } from './viewRegister.ts';

/** What the audit needs from the data folder. */
export type AuditPorts = {
  readonly keys: AuditKeys;
  readonly lists: HeadLists;
  /** Checks the whole record; none = its chains are computed anew from the store, without the lists. */
  readonly verify?: () => Promise<RecordVerified>;
  /** That this record was put back from a backup, until it was told. */
  readonly restored?: ReturnType<typeof restoredNoteOf>;
};

/** A command that was refused before anybody decided it: no session, no right to it, unreadable. */
export type CommandTurnedAway = {
  readonly deskId: DeskId;
  /** Whose session it named; null = none that lives. */
  readonly personId: PersonId | null;
  readonly commandType: string;
  readonly code: string;
};

/** The audit of a running platform. */
export type Audit = {
  /** Where access writes accounts, sessions and workstations, each with its fact. */
  readonly ledger: AccessLedger;
  /** `personOf` finds who is behind a session. */
  viewRegister(personOf: (sessionId: string) => PersonId | null): ViewRegister;
  readonly onCommandRefused: (refused: CommandTurnedAway) => void;
  readonly onPageRefused: (refused: PageRefused) => void;
  /** One fact of the platform itself. Refused when it cannot be written. */
  tell(fact: FactDraft): ReturnType<AuditRecorder['record']>;
  readonly signHeads: SignHeads;
  /** Resolves when what has ended so far is written down. */
  close(): Promise<void>;
};

/** Opens the audit, after the record and before anybody is let in. */
export async function openAudit(ports: {
  audit: AuditPorts;
  writer: Writer;
  feeds: Feeds;
  countyId: CountyId;
  clock: Clock;
  timers: Timers;
  log: Log;
}): Promise<Audit> {
  const { audit, feeds, writer, countyId, clock } = ports;
  const recorder = createAuditRecorder(ports);
  const refusals = createRefusals({ ...ports, record: recorder.record });
  await tellLostViews({ writer, countyId });
  await tellRestored({ restored: audit.restored ?? null, recorder, countyId });
  return {
    ledger: {
      keep: recorder.record,
      keepEnd: recorder.recordEnd,
      isWritable: recorder.isWritable,
      loginRefused: loginRefusals({ keys: audit.keys, recorder, refusals, countyId, clock }),
    },
    viewRegister: (personOf) => createViewRegister({ recorder, personOf }),
    onCommandRefused({ deskId, personId, commandType, code }) {
      const actor = (personId === null ? `device/${deskId}` : `person/${personId}`) as Actor;
      refusals.tell(`command ${actor}`, (repeats) => {
        const payload = { commandType, code, deskId, repeats };
        return { actor, facts: [{ type: 'audit.commandRefused', subject: `desk/${deskId}`, payload }] };
      });
    },
    onPageRefused({ page, code, asker }) {
      const actor = askerName(asker);
      refusals.tell(`page ${actor}`, (repeats) => {
        const payload = { page, code, repeats };
        return { actor, facts: [{ type: 'audit.pageRefused', subject: `county/${countyId}`, payload }] };
      });
    },
    tell: (fact) => recorder.record({ actor: platform, facts: [fact] }),
    signHeads: createHeadSigner({ ...ports, ...audit, allHeads: feeds.heads }),
    async close() {
      refusals.close();
      await recorder.close();
    },
  };
}

/** Says that whatever a platform that died had left open is over. */
async function tellLostViews({ writer, countyId }: { writer: Writer; countyId: CountyId }): Promise<void> {
  await writer.submit({
    key: null,
    actor: platform,
    decide(view) {
      const { openViews } = view.stateOf(auditFeed(countyId)).audit;
      const fact: FactDraft = { type: 'audit.viewsLost', subject: `county/${countyId}`, payload: { openViews } };
      return granted({ facts: openViews === 0 ? [] : [fact] });
    },
  });
}

/** A restored record begins by saying that it is one; it does not begin without. */
async function tellRestored({
  restored,
  recorder,
  countyId,
}: {
  restored: ReturnType<typeof restoredNoteOf>;
  recorder: AuditRecorder;
  countyId: CountyId;
}): Promise<void> {
  if (restored === null) return;
  const fact: FactDraft = { type: 'audit.restored', subject: `county/${countyId}`, payload: restored.note };
  const told = await recorder.record({ actor: 'system/restore' as Actor, facts: [fact] });
  if (!told.ok) throw new Error('That this record was restored could not be written down. Make room on its disk and start again.');
  restored.forget();
}

/** Wrong log-ins that have a fact each in one minute. Beyond it somebody tries them by machine, and they are counted. */
const loginsPerMinute = 30;

function loginRefusals({
  keys,
  recorder,
  refusals,
  countyId,
  clock,
}: {
  keys: Pick<AuditKeys, 'keyedHash'>;
  recorder: AuditRecorder;
  refusals: Refusals;
  countyId: CountyId;
  clock: Clock;
}): AccessLedger['loginRefused'] {
  const budget = createBudget({ perMinute: loginsPerMinute, clock });
  return async ({ account, code }) => {
    const entry = (repeats: number) => {
      const payload = { accountHash: keys.keyedHash(`account ${account}`), code, repeats };
      return { actor: platform, facts: [{ type: 'audit.loginRefused', subject: `county/${countyId}`, payload }] as const };
    };
    // Without a try of a password they come as fast as a program can ask.
    const isCounted = code === 'access.tooManyTries' || budget() === 'beyond';
    if (!isCounted) return (await recorder.record(entry(0))).ok;
    refusals.tell('logins', entry);
    return true;
  };
}

function askerName(asker: PageRefused['asker']): Actor {
  if (asker === null) return 'system/nobody' as Actor;
  switch (asker.kind) {
    case 'person':
      return `person/${asker.signedIn.person.personId}` as Actor;
    case 'device':
      return `device/${asker.device.deskId}` as Actor;
  }
}

const platform = 'system/platform' as Actor;
