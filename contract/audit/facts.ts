import { z } from 'zod';
import { Purpose, StreamQuality } from '#contract/cameras/index.ts';
import { ParticularsPurpose, ParticularsReference } from '#contract/record/index.ts';
import { CameraId, DeskId, PersonId, Sha256Hex } from '#contract/values/index.ts';
import { accountFacts } from './accountFacts.ts';
import { evidenceFacts } from './evidenceFacts.ts';
import { followFacts } from './followFacts.ts';
import { liftFacts } from './liftFacts.ts';
import { probeFacts } from './probeFacts.ts';
import { steeringFacts } from './steeringFacts.ts';

/** A refusal's code as it was answered, e.g. `access.notAllowed`. */
const RefusalCode = z.string().min(1).max(64);

/** One opened stream. A token may be redeemed more than once, so a grant may be opened and closed more than once. */
const grantId = z.string().min(1).max(64);

/** Registers of what happened (read models of the record): who looked, what was asked and refused, what was broken. */
export const RegisterName = z.enum(['looking', 'audit', 'faults']);
export type RegisterName = z.infer<typeof RegisterName>;

/** What may be searched or paged: the registers, and the search over everything. */
const RegisterSurface = z.enum([...RegisterName.options, 'search']);

/** Why a view ended: its window closed it, its connection was lost, or its right was taken away. */
export const ViewEnd = z.enum(['closed', 'lost', 'rightEnded']);
export type ViewEnd = z.infer<typeof ViewEnd>;

/**
 * Payloads of the `audit` feed: looks, log-ins and refusals. Changes are facts of their own feeds and not repeated here. No password, no
 * name: people are opaque ids, a typed account that nobody is known by is a keyed hash (`accountHash`).
 */
export const auditFacts = {
  ...accountFacts,
  ...steeringFacts,
  ...liftFacts,
  ...probeFacts,
  ...followFacts,
  ...evidenceFacts,
  'audit.viewOpened': z.strictObject({
    grantId,
    cameraId: CameraId,
    quality: StreamQuality,
    purpose: Purpose,
    tile: z.string().max(160),
    deskId: DeskId,
    /** Who was logged in at the desk; null = nobody, the wall looked on as the workstation itself. */
    personId: PersonId.nullable(),
  }),
  'audit.viewClosed': z.strictObject({ grantId, cameraId: CameraId, why: ViewEnd }),
  /** Everything that was open is over: the platform had ended without closing it. */
  'audit.viewsLost': z.strictObject({ openViews: z.int().min(1) }),
  'audit.loggedIn': z.strictObject({ personId: PersonId }),
  'audit.loggedOut': z.strictObject({ personId: PersonId }),
  /** `repeats`: refusals of the same kind that were answered since the last such fact and have none of their own. */
  'audit.loginRefused': z.strictObject({ accountHash: Sha256Hex, code: RefusalCode, repeats: z.int().min(0) }),
  /** An administrator (the actor) added somebody or changed what he may. Who that is by name is not on the record. */
  'audit.personChanged': z.strictObject({
    personId: PersonId,
    change: z.enum(['add', 'disable', 'enable', 'resetPassword', 'setRights']),
  }),
  /**
   * A command was refused: by its decision, or before it (no session, unreadable). `repeats`: refusals before the decision that were
   * answered to the same actor since his last such fact and have none of their own.
   */
  'audit.commandRefused': z.strictObject({
    commandType: z.string().min(1).max(64),
    code: RefusalCode,
    deskId: DeskId,
    repeats: z.int().min(0),
  }),
  /** Somebody was about to be told a text that may name people: recorded before he was. */
  'audit.particularsOpened': z.strictObject({ reference: ParticularsReference, purpose: ParticularsPurpose, deskId: DeskId }),
  /** The whole directory left the platform as files; `with` = the cameras' addresses and passwords too. */
  'audit.directoryExported': z.strictObject({ streams: z.enum(['with', 'without']) }),
  /**
   * Somebody searched, or read a page of a register. What he typed is not on the record (it may be a name or a number of somebody): a keyed
   * hash, so that equal questions are seen to be equal, and its length. `filters` names what narrowed a register; ids only where they are opaque.
   */
  'audit.searched': z.strictObject({
    surface: RegisterSurface,
    textHash: Sha256Hex.nullable(),
    textLength: z.int().min(0).max(1_000),
    filters: z.array(z.string().max(160)).max(16),
    rows: z.int().min(0),
  }),
  /** Rows of a register left the platform as a list. */
  'audit.registerExported': z.strictObject({
    register: z.enum([...RegisterName.options, 'cameraHealth']),
    filters: z.array(z.string().max(160)).max(16),
    rows: z.int().min(0),
  }),
  /** A page of the platform was refused to somebody who was logged in. `repeats` as for refused log-ins. */
  'audit.pageRefused': z.strictObject({ page: z.string().min(1).max(64), code: RefusalCode, repeats: z.int().min(0) }),
} as const;
/** The name of a fact of the audit feed. */
export type AuditFactType = keyof typeof auditFacts;
/** An audit fact before it has its envelope. */
export type AuditFact = {
  [Type in AuditFactType]: { readonly type: Type; readonly payload: z.infer<(typeof auditFacts)[Type]> };
}[AuditFactType];

/** What the audit feed folds to: counts only. The register itself is read from the record, page by page. */
export const AuditState = z.strictObject({
  /** Views that are open now. */
  openViews: z.int().min(0),
  /** Facts of any audit type so far. */
  facts: z.int().min(0),
});
export type AuditState = z.infer<typeof AuditState>;

/** An audit feed before its first fact, and every other feed. */
export const emptyAudit: AuditState = { openViews: 0, facts: 0 };

/** Counts one audit fact. */
export function evolveAudit(state: AuditState, { type }: { readonly type: AuditFactType }): AuditState {
  return { openViews: openViewsAfter(state.openViews, type), facts: state.facts + 1 };
}

function openViewsAfter(openViews: number, type: AuditFactType): number {
  if (isCountedOnly(type)) return openViews;
  switch (type) {
    case 'audit.viewOpened':
      return openViews + 1;
    case 'audit.viewClosed':
      return Math.max(0, openViews - 1);
    case 'audit.viewsLost':
      return 0;
    case 'audit.loggedIn':
    case 'audit.loggedOut':
    case 'audit.loginRefused':
    case 'audit.personChanged':
    case 'audit.commandRefused':
    case 'audit.directoryExported':
    case 'audit.particularsOpened':
    case 'audit.searched':
    case 'audit.registerExported':
    case 'audit.pageRefused':
      return openViews;
  }
}

type CountedOnly =
  | keyof typeof accountFacts
  | keyof typeof steeringFacts
  | keyof typeof liftFacts
  | keyof typeof probeFacts
  | keyof typeof followFacts
  | keyof typeof evidenceFacts;

function isCountedOnly(type: AuditFactType): type is CountedOnly {
  return [accountFacts, steeringFacts, liftFacts, probeFacts, followFacts, evidenceFacts].some((facts) => Object.hasOwn(facts, type));
}
