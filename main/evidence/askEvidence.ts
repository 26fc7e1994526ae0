import {
  EvidenceGrant,
  EvidenceList,
  EvidenceRow,
  type ListEvidence,
  type OpenEvidence,
  type TakeSnapshot,
} from '#contract/evidence/index.ts';
import type { Link } from '#contract/link/index.ts';
import type { Result } from '#contract/values/index.ts';
import { askPlatform } from '#main/link/index.ts';

type Asking = Pick<Link, 'ask'>;

/** Keeps the newest picture of a camera. Never queued: what is shown later is another picture. */
export function takeSnapshot(link: Asking, asked: Omit<TakeSnapshot, 'type'>): Promise<Result<EvidenceRow>> {
  return askPlatform(link, { question: { type: 'evidence.take', ...asked }, answer: EvidenceRow });
}

/** What is kept, the newest first; nowhere held. */
export function listEvidence(link: Asking, asked: Omit<ListEvidence, 'type'>): Promise<Result<EvidenceList>> {
  return askPlatform(link, { question: { type: 'evidence.list', ...asked }, answer: EvidenceList });
}

/** A right to one opening, for the window that asked: the bytes go to it and never through here. */
export function openEvidence(link: Asking, asked: Omit<OpenEvidence, 'type'>): Promise<Result<EvidenceGrant>> {
  return askPlatform(link, { question: { type: 'evidence.open', ...asked }, answer: EvidenceGrant });
}
