/** Texts that may name people: kept apart from the facts under a reference, opened with a trace, erased for good. */
export { createErasureFile, createPassingErasures, type ErasureList, erasureListName } from './erasureList.ts';
export { createPassingParticularsKeys, openParticularsKeys } from './keys.ts';
export { openParticulars, type Particulars, type ParticularsPorts } from './particulars.ts';
