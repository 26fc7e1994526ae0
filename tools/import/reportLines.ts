import type { ColumnProposal, ImportProblem, ImportReport } from '#contract/directory/index.ts';
import type { Words } from './words.ts';

/** An import's report for people: every problem with its place and what to do, then what came of it. */
export function reportLines({
  report,
  words,
  take,
}: {
  report: ImportReport;
  words: Words;
  take: 'all' | 'partial' | 'none';
}): readonly string[] {
  const { problems, problemCount, notes, proposals, kinds } = report;
  return [
    ...notes.flatMap((note) => describe({ words, problem: note, mark: `${words('report.note')}: ` })),
    ...problems.flatMap((problem) => describe({ words, problem, mark: '' })),
    ...(problemCount > problems.length ? [words('report.more', { count: problemCount - problems.length })] : []),
    ...proposals.map((proposal) => proposalLine({ proposal, words })),
    // One kind alone is told by the last line already.
    ...(kinds.length > 1 ? kinds.map((kind) => words('report.kind', { ...kind, kind: words(`report.kinds.${kind.kind}`) })) : []),
    ...outcomeLines({ report, words, take }),
  ];
}

function outcomeLines({ report, words, take }: { report: ImportReport; words: Words; take: 'all' | 'partial' | 'none' }): string[] {
  const { problemCount, rows, revision } = report;
  if (take === 'none') return [words('report.dryRun'), words('report.wouldTake', rows)];
  const lines: string[] = [];
  if (revision !== null) lines.push(words('report.taken', { ...rows, revision }));
  else if (problemCount === 0 || rows.unchanged > 0) lines.push(words('report.nothingNew', rows));
  if (problemCount === 0) return lines;
  const isPartly = revision !== null || rows.unchanged > 0;
  lines.push(isPartly ? words('report.partly', { ...rows, count: problemCount }) : words('report.nothingTaken', { count: problemCount }));
  return lines;
}

function proposalLine({ proposal, words }: { proposal: ColumnProposal; words: Words }): string {
  const { kind, heading, field, why, samples } = proposal;
  const about = { kind: words(`report.kinds.${kind}`), heading, samples: samples.join(', ') };
  return field === null ? words('report.noProposal', about) : words('report.proposal', { ...about, field, why: words(`guess.${why}`) });
}

function describe({ words, problem, mark }: { words: Words; problem: ImportProblem; mark: string }): readonly string[] {
  const { file, line, column, value, code, params } = problem;
  const place = [line > 0 ? words('report.line', { file, line }) : file, ...(column === null ? [] : [words('report.column', { column })])];
  const told = value === '' || value === column ? '' : `  (${words('report.value', { value })})`;
  return [`${mark}${place.join(' ')}: ${words(code.replace('directory.', ''), params)}${told}`];
}
