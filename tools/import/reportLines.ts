import { readFileSync } from 'node:fs';
import i18next from 'i18next';
import type { ImportProblem, ImportReport } from '#contract/directory/index.ts';

type Words = (key: string, params?: Record<string, string | number>) => string;

/** An import's report for people: every problem with its place and what to do, then what came of it. */
export async function reportLines({ report, language }: { report: ImportReport; language: 'zh' | 'en' }): Promise<readonly string[]> {
  const words = await openWords(language);
  const { problems, problemCount, notes, rows, revision } = report;
  const lines = [
    ...notes.flatMap((note) => describe({ words, problem: note, mark: `${words('report.note')}: ` })),
    ...problems.flatMap((problem) => describe({ words, problem, mark: '' })),
  ];
  if (problemCount > problems.length) lines.push(words('report.more', { count: problemCount - problems.length }));
  if (revision !== null) lines.push(words('report.taken', { ...rows, revision }));
  else if (problemCount === 0 || rows.unchanged > 0) lines.push(words('report.nothingNew', rows));
  if (problemCount === 0) return lines;
  const isPartly = revision !== null || rows.unchanged > 0;
  lines.push(isPartly ? words('report.partly', { ...rows, count: problemCount }) : words('report.nothingTaken', { count: problemCount }));
  return lines;
}

function describe({ words, problem, mark }: { words: Words; problem: ImportProblem; mark: string }): readonly string[] {
  const { file, line, column, value, code, params } = problem;
  const place = [line > 0 ? words('report.line', { file, line }) : file, ...(column === null ? [] : [words('report.column', { column })])];
  const told = value === '' || value === column ? '' : `  (${words('report.value', { value })})`;
  return [`${mark}${place.join(' ')}: ${words(code.replace('directory.', ''), params)}${told}`];
}

async function openWords(language: 'zh' | 'en'): Promise<Words> {
  const file = new URL(`../../assets/locales/${language}/directory.json`, import.meta.url);
  const directory: unknown = JSON.parse(readFileSync(file, 'utf8'));
  const texts = i18next.createInstance();
  await texts.init({
    lng: language,
    ns: ['directory'],
    defaultNS: 'directory',
    resources: { [language]: { directory: directory as Record<string, string> } },
    interpolation: { escapeValue: false },
  });
  return (key, params) => texts.t(key, params ?? {});
}
