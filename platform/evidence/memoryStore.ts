import type { EvidenceId } from '#contract/evidence/index.ts';
import { newKey, seal, unseal } from './sealing.ts';
import type { EvidenceStore, KeptBytes } from './store.ts';

/** A store that is forgotten with the process, for tests and for records in memory: sealed all the same. */
export function createPassingEvidence(): EvidenceStore {
  const kept = new Map<EvidenceId, Omit<KeptBytes, 'evidenceId'> & { key: Buffer }>();
  return {
    async put({ evidenceId, owner, bytes }) {
      const key = newKey();
      kept.set(evidenceId, { owner, key, bytes: seal({ key, about: evidenceId, bytes }) });
    },
    async open(evidenceId) {
      const found = kept.get(evidenceId);
      return found === undefined ? null : unseal({ ...found, about: evidenceId });
    },
    erase: async (evidenceId) => void kept.delete(evidenceId),
    async list(owner) {
      const all = [...kept].map(([evidenceId, found]) => ({ evidenceId, owner: found.owner }));
      return owner === undefined ? all : all.filter((each) => each.owner === owner);
    },
  };
}
