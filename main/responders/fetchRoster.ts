import type { Responder } from '#contract/directory/index.ts';
import { granted, type Result, refused } from '#contract/values/index.ts';
import type { PlatformHttp } from '#main/link/index.ts';

/** Who is behind the numbers of position frames: rows in the order of their `index`, all of the same numbering. */
export type Roster = { readonly numbering: number; readonly revision: number; readonly rows: readonly Responder[] };

/** Rows per page; contract/directory allows 1,000. */
const pageRows = 1_000;

/** Fetches all responders that the bearer may see. Refused with `directory.keepsChanging` when the numbering changed in between. */
export async function fetchRoster({
  http,
  bearer,
}: {
  http: Pick<PlatformHttp, 'directoryPage'>;
  bearer: string;
}): Promise<Result<Roster>> {
  const rows: Responder[] = [];
  for (;;) {
    const page = await http.directoryPage({ kind: 'responders', offset: rows.length, limit: pageRows, bearer });
    if (!page.ok) return page;
    if (page.value.kind !== 'responders') return refused('bus.badAnswer');
    const { numbering, revision, nextOffset } = page.value;
    // Each row stands at its number: another order, or a page of another numbering, is found here.
    if (page.value.rows.some(({ index }, at) => index !== rows.length + at)) return refused('directory.keepsChanging');
    rows.push(...page.value.rows);
    if (nextOffset === null) return granted({ numbering, revision, rows });
    if (nextOffset !== rows.length) return refused('bus.badAnswer');
  }
}
