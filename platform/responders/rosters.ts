import { may, type PolicyActor } from '#contract/access/index.ts';
import type { DirectoryPage, Responder } from '#contract/directory/index.ts';
import type { RegionId } from '#contract/values/index.ts';
import { type Directory, keyOf } from '../directory/index.ts';
import { sha256 } from '../record/index.ts';

/**
 * The responders that somebody may see, numbered from 0 by the order of their ids. `numbering` follows from these rows alone, so that it
 * says nothing of others; 0 = there is nobody.
 */
export type Roster = { readonly numbering: number; readonly rows: readonly Responder[] };

/** Rosters by who asks; equal askers share one. */
export type Rosters = {
  /** Whom the asker may look up in the directory. */
  of(actor: PolicyActor): Roster;
  /** One page of it, as the directory's other pages. */
  page(asked: { actor: PolicyActor; offset: number; limit: number }): DirectoryPage;
};

/** Rosters of a directory; made when first asked for, thrown away with the next revision. */
export function createRosters(directory: Pick<Directory, 'revision' | 'revisionFor' | 'rows' | 'regionPath'>): Rosters {
  let revision = -1;
  const made = new Map<string, Roster>();

  function rosterOf(actor: PolicyActor): Roster {
    if (revision !== directory.revision()) made.clear();
    revision = directory.revision();
    const key = keyOf(actor);
    const roster = made.get(key) ?? makeRoster({ actor, directory });
    made.set(key, roster);
    return roster;
  }

  return {
    of: rosterOf,
    page({ actor, offset, limit }) {
      const { numbering, rows } = rosterOf(actor);
      const end = offset + limit;
      const nextOffset = end < rows.length ? end : null;
      return { kind: 'responders', revision: directory.revisionFor(actor), numbering, rows: rows.slice(offset, end), nextOffset };
    },
  };
}

function makeRoster({ actor, directory }: { actor: PolicyActor; directory: Pick<Directory, 'rows' | 'regionPath'> }): Roster {
  const verdicts = new Map<RegionId, boolean>();
  const maySee = ({ regionId }: Responder) => {
    const verdict = verdicts.get(regionId) ?? may(actor, 'directory.read', { regionPath: directory.regionPath(regionId) });
    verdicts.set(regionId, verdict);
    return verdict;
  };
  // By id and not by the directory's own numbers: those tell how many others there are.
  const seen = directory.rows('responders').filter(maySee).toSorted(byId);
  const rows = seen.map((responder, index) => ({ ...responder, index }));
  return { rows, numbering: rows.length === 0 ? 0 : numberingOf(rows) };
}

function byId(a: Responder, b: Responder): number {
  return a.id < b.id ? -1 : 1;
}

/** 32 bits of the rows' hash: two rosters of the same number by chance happen once in four thousand million changes. */
function numberingOf(rows: readonly Responder[]): number {
  return Number.parseInt(sha256(JSON.stringify(rows)).slice(0, 8), 16) || 1;
}
