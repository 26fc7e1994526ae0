import { type EvidenceGrant, evidenceLimits } from '#contract/evidence/index.ts';
import { granted, type Result, refused } from '#contract/values/index.ts';

/** Fetches one kept picture with the right to it: into memory, never into a cache, and small enough that no browser moves it to a disk. */
export async function fetchKept({ url, token }: Pick<EvidenceGrant, 'url' | 'token'>): Promise<Result<Blob>> {
  try {
    const headers = { Authorization: `Bearer ${token}` };
    const response = await fetch(url, { headers, cache: 'no-store', credentials: 'omit', referrerPolicy: 'no-referrer' });
    if (!response.ok) return refused(response.headers.get('X-Refusal-Code') ?? 'evidence.notFetched');
    const picture = await response.blob();
    return picture.size > 0 && picture.size <= evidenceLimits.pictureBytes ? granted(picture) : refused('evidence.notFetched');
  } catch {
    return refused('evidence.notFetched');
  }
}
