import { z } from 'zod';
import { Purpose } from '#contract/cameras/index.ts';
import { CameraId, EpochMs, PersonId, RegionId, safeText } from '#contract/values/index.ts';
import { RegisterName } from './facts.ts';
import { AuditRow, FaultKind, FaultRow, LookingRow } from './registers.ts';

/** Rows of one page at most, and of one exported list. */
export const registerLimits = { pageRows: 200, exportRows: 20_000, countUpTo: 10_000 } as const;

const span = {
  /** Intervals that touch `fromMs` (including) to `untilMs` (excluding). */
  fromMs: EpochMs.optional(),
  untilMs: EpochMs.optional(),
};
const page = {
  /** As told by the page before; without it the newest rows. */
  cursor: z
    .string()
    .regex(/^[1-9]\d{0,15}$/)
    .optional(),
  limit: z.int().min(1).max(registerLimits.pageRows).optional(),
};
/** A beginning (epoch ms), and how many of those rows were already told. */
const faultCursor = z.string().regex(/^\d{1,16}\.\d{1,9}$/);
const ofCameras = {
  /** A camera's id, number or national id, or a part of its name. */
  camera: safeText({ maxLength: 60 }).optional(),
  /** Cameras in this region or below it. */
  regionId: RegionId.optional(),
  standing: z.enum(['open', 'ended']).optional(),
};
const isSpan = ({ fromMs = 0, untilMs = Number.MAX_SAFE_INTEGER }: { fromMs?: number | undefined; untilMs?: number | undefined }) =>
  fromMs < untilMs;
const spanError = { path: ['untilMs'], error: 'ends before it begins' };

/** Asks for looks, newest first. */
export const LookingQuery = z
  .strictObject({ ...span, ...page, ...ofCameras, personId: PersonId.optional(), purpose: Purpose.shape.kind.optional() })
  .refine(isSpan, spanError);
export type LookingQuery = z.infer<typeof LookingQuery>;

/** Asks for entries of the audit register; `types` are fact types, `personId` who did it or to whom it was done. */
export const AuditQuery = z
  .strictObject({ ...span, ...page, personId: PersonId.optional(), types: z.array(z.string().max(64)).min(1).max(32).optional() })
  .refine(isSpan, spanError);
export type AuditQuery = z.infer<typeof AuditQuery>;

/** Asks for outages and faults of cameras. */
export const FaultQuery = z
  .strictObject({ ...span, ...page, cursor: faultCursor.optional(), ...ofCameras, kind: FaultKind.optional() })
  .refine(isSpan, spanError);
export type FaultQuery = z.infer<typeof FaultQuery>;

/** A camera of a row by name; `place` are the regions it lies in, widest first. */
export const NamedCamera = z.strictObject({
  cameraId: CameraId,
  number: z.string(),
  name: z.string(),
  nameEn: z.string(),
  place: z.array(z.strictObject({ name: z.string(), nameEn: z.string() })),
});
export type NamedCamera = z.infer<typeof NamedCamera>;

/** A person of a row by name: the record itself holds ids only. */
export const NamedPerson = z.strictObject({ personId: PersonId, account: z.string(), name: z.string() });
export type NamedPerson = z.infer<typeof NamedPerson>;

const pageOf = <Row extends z.ZodType>(row: Row) =>
  z.strictObject({
    rows: z.array(row),
    /** Those of the rows, as they are called now; whoever has no account any more, and cameras nobody knows, are not in it. */
    cameras: z.array(NamedCamera),
    people: z.array(NamedPerson),
    /** How many rows match, as far as they may be read; counted up to `registerLimits.countUpTo`. */
    count: z.int().min(0),
    /** Asks for older rows; null = there are none. */
    nextCursor: z.string().nullable(),
  });

/** A page of looks. */
export const LookingPage = pageOf(LookingRow);
export type LookingPage = z.infer<typeof LookingPage>;
/** A page of entries of the audit register. */
export const AuditPage = pageOf(AuditRow);
export type AuditPage = z.infer<typeof AuditPage>;
/** A page of outages and faults. */
export const FaultPage = pageOf(FaultRow.omit({ seq: true }));
export type FaultPage = z.infer<typeof FaultPage>;

/** Asks for all rows that a query of that register gives, as one list; its `cursor` and `limit` count for nothing. */
export const RegisterExport = z.discriminatedUnion('register', [
  z.strictObject({ register: z.literal(RegisterName.enum.looking), query: LookingQuery }),
  z.strictObject({ register: z.literal(RegisterName.enum.audit), query: AuditQuery }),
  z.strictObject({ register: z.literal(RegisterName.enum.faults), query: FaultQuery }),
]);
export type RegisterExport = z.infer<typeof RegisterExport>;

/** What the auditor's page needs to be drawn: who there is, where, and how the county reckons time. */
export const AuditChoices = z.strictObject({
  county: z.strictObject({ name: z.string(), nameEn: z.string(), timeZone: z.string() }),
  people: z.array(NamedPerson),
  /** County, towns and villages. */
  regions: z.array(
    z.strictObject({ id: RegionId, level: z.string(), parentId: RegionId.nullable(), name: z.string(), nameEn: z.string() }),
  ),
});
export type AuditChoices = z.infer<typeof AuditChoices>;

/** What came of computing all chains anew. `lists`: how many of the platform's own signed lists of heads were compared. */
export const RecordVerified = z.strictObject({
  places: z.int().min(0),
  findings: z.array(z.strictObject({ code: z.string(), feed: z.string().nullable(), seq: z.int().nullable(), about: z.string() })),
  findingCount: z.int().min(0),
  lists: z.int().min(0),
  lastListAtMs: EpochMs.nullable(),
  keyId: z.string().nullable(),
});
export type RecordVerified = z.infer<typeof RecordVerified>;

/** Why a register does not answer; texts under `audit:refusals`. `field` is the part of the question that cannot be read. */
export type RegisterRefusalCode = 'audit.badQuery' | 'audit.tooManyCameras' | 'bus.notRecorded';
