import type { Timers } from '#contract/values/index.ts';
import { GroundFailure, type GroundTrouble } from './groundFailure.ts';

/** How a window asks for the ground. */
export type GroundPorts = { readonly fetcher: typeof fetch; readonly timers: Timers };

// A tile that takes longer is of no use to anybody who looks.
const longestMs = 10_000;

/** One question; `range` = a part of a file. Rejects with a GroundFailure, or as `signal` ended it. Sends no cookie and no word of this page. */
export async function askGround({ fetcher, timers, url, signal, range }: GroundPorts & Asked): Promise<Blob> {
  const late = new AbortController();
  const cancel = timers.afterMs(longestMs, () => late.abort());
  try {
    const answer = await fetcher(url, {
      signal: AbortSignal.any([signal, late.signal]),
      ...{ credentials: 'omit', referrerPolicy: 'no-referrer' },
      ...(range === undefined ? {} : { headers: { range: `bytes=${range.start}-${range.start + range.bytes - 1}` } }),
    });
    // A server that knows no ranges sends the whole file: it is not waited for.
    const why = answer.status === 200 && range !== undefined ? 'notTiles' : troubleOf(answer.status);
    if (why === null) return await answer.blob();
    late.abort();
    throw new GroundFailure(why);
  } catch (error) {
    if (signal.aborted || error instanceof GroundFailure) throw error;
    throw new GroundFailure(late.signal.aborted ? 'slow' : 'unreachable');
  } finally {
    cancel();
  }
}

type Asked = {
  readonly url: string;
  readonly signal: AbortSignal;
  readonly range?: { readonly start: number; readonly bytes: number };
};

/** Whether there is an answer that the server only does not let this page read. */
export async function isOnlyUnreadable({ fetcher, url }: { fetcher: typeof fetch; url: string }): Promise<boolean> {
  return await fetcher(url, { mode: 'no-cors', credentials: 'omit', referrerPolicy: 'no-referrer' }).then(
    () => true,
    () => false,
  );
}

function troubleOf(status: number): GroundTrouble | null {
  if (status === 200 || status === 206) return null;
  if (status === 401 || status === 403) return 'refused';
  if (status === 429 || status >= 500) return 'busy';
  return 'missing';
}
