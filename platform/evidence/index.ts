/**
 * Pictures that are kept on purpose: each encrypted under a key of its own (`store.ts`), on the record with who, why and until when, shown by
 * right with a trace, erased for good. Other sorts of pictures come through the same store.
 */
export { createEvidenceErasures } from './erasureList.ts';
export { type Evidence, openEvidence } from './evidence.ts';
export { openEvidenceKey } from './evidenceKey.ts';
export { openMarkWords } from './markWords.ts';
export { createPassingEvidence } from './memoryStore.ts';
export type { EvidenceAsker, EvidencePorts } from './ports.ts';
export { evidenceFolderName, openSealedFiles } from './sealedFiles.ts';
export { EvidenceDiskFull, type EvidenceStore } from './store.ts';
