import type { ImportProblem } from '#contract/directory/index.ts';

/** How many are shown; the rest is counted. */
const shown = { problems: 500, notes: 100 } as const;

type Told = Omit<ImportProblem, 'params'> & { readonly params?: ImportProblem['params'] };

/** Collects what is wrong with the files of one import. */
export type Problems = {
  /** Something that keeps a row (or the file) from being taken over. */
  refuse(problem: Told): void;
  /** Something worth knowing that keeps nothing out. */
  note(note: Told): void;
  count(): number;
  problems(): ImportProblem[];
  notes(): ImportProblem[];
};

export function createProblems(): Problems {
  const problems: ImportProblem[] = [];
  const notes: ImportProblem[] = [];
  let count = 0;
  return {
    refuse(problem) {
      count += 1;
      if (problems.length < shown.problems) problems.push(whole(problem));
    },
    note(note) {
      if (notes.length < shown.notes) notes.push(whole(note));
    },
    count: () => count,
    problems: () => problems,
    notes: () => notes,
  };
}

function whole({ value, column, params = {}, ...rest }: Told): ImportProblem {
  return { ...rest, column: column?.slice(0, 120) ?? null, value: withoutPassword(value).slice(0, 200), params };
}

/** A report is printed, mailed and kept: the password of a camera's address does not belong in it. */
function withoutPassword(value: string): string {
  return value.replace(/(:\/\/)[^@/]*@/, '$1***@');
}
