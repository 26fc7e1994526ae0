import type { IncomingMessage, ServerResponse } from 'node:http';
import { may, type PolicyActor, questionSurfaces, commandSurfaces } from '#contract/access/index.ts';
import {
  type EraseEvidence,
  type EvidenceGrant,
  EvidenceId,
  evidenceLimits,
  type EvidenceList,
  type EvidenceQuestion,
  type EvidenceRefusalCode,
  type EvidenceRow,
  type ListEvidence,
} from '#contract/evidence/index.ts';
import { granted, type Result, refused } from '#contract/values/index.ts';
import type { Decided, RecordStore } from '../record/index.ts';
import { type EvidenceEntry, readEntries } from './entries.ts';
import { createKeeper } from './keeper.ts';
import { createOpenings } from './openings.ts';
import type { EvidenceAsker, KeepingPorts } from './ports.ts';
import { createTakes } from './takes.ts';

/** Kept pictures as the bus and the HTTP server ask for them. */
export type Evidence = {
  /** `asker` is null when nobody is logged in at the desk: a workstation keeps and opens nothing. */
  ask(
    question: EvidenceQuestion,
    asker: EvidenceAsker | null,
  ): Promise<Result<EvidenceRow | EvidenceList | EvidenceGrant, EvidenceRefusalCode>>;
  /** Decides an erasure. What it publishes destroys key and file; `settled` waits for the disk. */
  decideErasure(command: EraseEvidence, actor: PolicyActor): Result<Decided, EvidenceRefusalCode>;
  settled(): Promise<void>;
  /** Serves one picture to whoever was given the right to it; false when the path is another. */
  handleHttp(request: IncomingMessage, response: ServerResponse): Promise<boolean>;
  close(): void;
};

/** Opens them over a record: store and record are made to agree, what is due goes at once, then every hour. */
export async function openEvidence(ports: KeepingPorts & { store: Pick<RecordStore, 'readAudit'> }): Promise<Evidence> {
  const { clock, pathOf, nameOf } = ports;
  const entries = await readEntries(ports.store);
  const beingTaken = new Set<EvidenceId>();
  const keeper = createKeeper({ ...ports, entries, beingTaken });
  await keeper.start();
  const take = createTakes({ ...ports, entries, beingTaken, newId: () => EvidenceId.parse(ports.secrets.newId()) });
  const openings = createOpenings({ ...ports, entries });

  function rowOf({ taken, takenAtMs, erasure }: EvidenceEntry): EvidenceRow {
    const { personId, deskId: _, sha256: __, ...told } = taken;
    const standing =
      erasure === null
        ? ({ kind: keeper.isMissing(taken.evidenceId) ? 'missing' : 'kept' } as const)
        : ({ kind: 'erased', ...erasure } as const);
    return { ...told, takenAtMs, by: (nameOf(personId) ?? personId).slice(0, 60), standing };
  }

  function list({ cameraId, after }: ListEvidence, { actor }: EvidenceAsker): Result<EvidenceList, EvidenceRefusalCode> {
    const { action } = questionSurfaces['evidence.list'];
    if (cameraId !== null) {
      const regionPath = pathOf(cameraId);
      if (!regionPath.some((region) => actor.territory.includes(region))) return refused('cameras.unknown');
      if (!may(actor, action, { regionPath })) return refused('access.notAllowed');
    } else if (!actor.territory.some((region) => may(actor, action, { regionPath: [region] }))) return refused('access.notAllowed');
    const matching = [...entries.values()]
      .filter(
        ({ taken }) => (cameraId === null || taken.cameraId === cameraId) && may(actor, action, { regionPath: pathOf(taken.cameraId) }),
      )
      .toReversed();
    const from = after === null ? 0 : matching.findIndex(({ taken }) => taken.evidenceId === after) + 1;
    const rows = matching.slice(from, from + evidenceLimits.listRows).map(rowOf);
    return granted({ rows, count: matching.length, hasMore: from + rows.length < matching.length });
  }

  return {
    async ask(question, asker) {
      if (asker === null) return refused('access.notAllowed');
      switch (question.type) {
        case 'evidence.take': {
          const taken = await take(question, asker);
          return taken.ok ? granted(rowOf(taken.value)) : taken;
        }
        case 'evidence.list':
          return list(question, asker);
        case 'evidence.open':
          return openings.grant(question, asker);
      }
    },
    decideErasure({ evidenceId, reason }, actor) {
      const entry = entries.get(evidenceId);
      const regionPath = entry === undefined ? [] : pathOf(entry.taken.cameraId);
      if (entry === undefined || !regionPath.some((region) => actor.territory.includes(region))) return refused('evidence.unknown');
      if (!may(actor, commandSurfaces['evidence.erase'].action, { regionPath })) return refused('access.notAllowed');
      if (entry.erasure !== null) return refused('evidence.alreadyErased');
      return granted(keeper.erase([{ entry, reason, atMs: clock.nowMs() }]));
    },
    settled: keeper.settled,
    handleHttp: openings.handleHttp,
    close: keeper.close,
  };
}
