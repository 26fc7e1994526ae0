import { z } from 'zod';
import { Purpose, StreamQuality } from '#contract/cameras/index.ts';
import { CameraId, DeskId, PersonId, Sha256Hex } from '#contract/values/index.ts';

/** A refusal's code as it was answered, e.g. `access.notAllowed`. */
const RefusalCode = z.string().min(1).max(64);

/** One opened stream. A token may be redeemed more than once, so a grant may be opened and closed more than once. */
const grantId = z.string().min(1).max(64);

/** Why a view ended: its window closed it, its connection was lost, or its right was taken away. */
export const ViewEnd = z.enum(['closed', 'lost', 'rightEnded']);
export type ViewEnd = z.infer<typeof ViewEnd>;

/**
 * Payloads of the `audit` feed: looks, log-ins and refusals. Changes are facts of their own feeds and not repeated here. No password, no
 * name: people are opaque ids, a typed account that nobody is known by is a keyed hash (`accountHash`).
 */
export const auditFacts = {
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
  'audit.commandRefused': z.strictObject({ commandType: z.string().min(1).max(64), code: RefusalCode, deskId: DeskId }),
  /** The whole directory left the platform as files; `with` = the cameras' addresses and passwords too. */
  'audit.directoryExported': z.strictObject({ streams: z.enum(['with', 'without']) }),
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
      return openViews;
  }
}
