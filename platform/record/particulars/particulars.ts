import { may, type PolicyActor } from '#contract/access/index.ts';
import {
  type Actor,
  type EraseParticulars,
  type OpenParticulars,
  type ParticularsKind,
  type ParticularsLink,
  type ParticularsOpened,
  type ParticularsReference,
} from '#contract/record/index.ts';
import {
  type CameraId,
  type Clock,
  type CountyId,
  type DeskId,
  granted,
  type PersonId,
  type RegionId,
  type Result,
  refused,
  type Timers,
} from '#contract/values/index.ts';
import type { Log } from '../../ports.ts';
import type { ParticularsEntry, RecordStore } from '../store.ts';
import type { Decided, Writer } from '../writer.ts';
import { createEraser, type Eraser } from './eraser.ts';
import type { ErasureList } from './erasureList.ts';
import type { ParticularsKeys } from './keys.ts';

/** What particulars need from the data folder. */
export type ParticularsPorts = {
  readonly keys: ParticularsKeys;
  readonly erasures: ErasureList;
};

/** Who asks for a text, and where he sits. */
export type ParticularsAsker = { readonly personId: PersonId; readonly actor: PolicyActor; readonly deskId: DeskId };

/** Texts that may name people: kept apart, told by right and with a trace, erased for good. */
export type Particulars = {
  /** What a fact holds in place of a text, and what its decision writes with it. */
  keep(text: { kind: ParticularsKind; subject: string; body: string }): {
    link: ParticularsLink;
    decided: Pick<Decided, 'particulars' | 'published'>;
  };
  /** A text's hash under the key: for what must tell two texts apart and know neither. */
  keyedHash(text: string): string;
  /** Tells a text, after its opening is on the record; otherwise not at all. */
  open(question: OpenParticulars, asker: ParticularsAsker): Promise<Result<ParticularsOpened>>;
  /** Decides an erasure. What it publishes takes the text out of memory; `scrubbed` waits for the disk. */
  decideErasure(command: EraseParticulars, actor: PolicyActor): Result<Decided>;
  /** Resolves when the files are rid of what was erased so far, or that has to be tried again later. */
  scrubbed(): Promise<void>;
  close(): void;
};

/**
 * Opens them over a record: erases again what an older database has brought back, and what is older than its kind may be, then once a day.
 * `pathOf` tells the regions above a camera.
 */
export async function openParticulars(ports: {
  store: RecordStore;
  writer: Writer;
  particulars: ParticularsPorts;
  countyId: CountyId;
  pathOf: (cameraId: CameraId) => readonly RegionId[];
  clock: Clock;
  timers: Timers;
  log: Log;
}): Promise<Particulars> {
  const { store, writer, countyId, pathOf, clock } = ports;
  const { keys } = ports.particulars;
  const entries = new Map((await store.listParticulars()).map((entry) => [entry.reference, entry]));
  const eraser: Eraser = createEraser({ ...ports, entries });
  await eraser.start();

  /** Regions above what a text is about; cameras only, so far. */
  const regionPath = ({ subject }: ParticularsEntry) => pathOf(subject.slice('camera/'.length) as CameraId);

  /** The text that somebody may ask about. Foreign and missing are the same. */
  function entryFor(reference: ParticularsReference, { actor, action }: { actor: PolicyActor; action: Parameters<typeof may>[1] }) {
    const entry = entries.get(reference);
    const path = entry === undefined ? [] : regionPath(entry);
    if (entry === undefined || !path.some((region) => actor.territory.includes(region))) return refused('record.unknownParticulars');
    return may(actor, action, { regionPath: path }) ? granted(entry) : refused('access.notAllowed');
  }

  return {
    keep({ kind, subject, body }) {
      const reference = keys.newReference();
      const entry = { reference, countyId, kind, subject, createdAtMs: clock.nowMs() };
      // The reference is in it: two equal texts do not look equal.
      const link = { reference, hash: keys.keyedHash(`${reference}\n${body}`) };
      const published = () => void entries.set(reference, { ...entry, erasure: null });
      return { link, decided: { particulars: { added: [{ ...entry, body }], erased: [] }, published } };
    },
    keyedHash: (text) => keys.keyedHash(text),
    async open({ reference, purpose }, { personId, actor, deskId }) {
      const found = entryFor(reference, { actor, action: 'record.openParticulars' });
      if (!found.ok) return found;
      const { subject, erasure } = found.value;
      if (erasure !== null) return granted({ kind: 'erased', erasedAtMs: erasure.atMs, reason: erasure.reason });
      const told = await writer.submit({
        key: null,
        actor: `person/${personId}` as Actor,
        decide: () => granted({ facts: [{ type: 'audit.particularsOpened', subject, payload: { reference, purpose, deskId } }] }),
      });
      if (!told.ok) return refused(told.refusal.code);
      const kept = await store.readParticulars(reference);
      // Somebody may have erased it in the moment between.
      if (kept?.erasure != null) return granted({ kind: 'erased', erasedAtMs: kept.erasure.atMs, reason: kept.erasure.reason });
      return kept === null || kept.body === null
        ? refused('record.unknownParticulars')
        : granted({ kind: 'text', text: kept.body, createdAtMs: kept.createdAtMs });
    },
    decideErasure({ reference, reason }, actor) {
      const found = entryFor(reference, { actor, action: 'record.eraseParticulars' });
      if (!found.ok) return found;
      if (found.value.erasure !== null) return refused('record.alreadyErased');
      return granted(eraser.erase([{ entry: found.value, reason, atMs: clock.nowMs() }]));
    },
    scrubbed: () => eraser.scrubbed(),
    close: () => eraser.close(),
  };
}
