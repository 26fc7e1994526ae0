import { type Grade, gradeOf, grades, type ProbedCameras, type Remark } from '#contract/cameras/index.ts';
import type { Words } from './words.ts';

/** Prints what comes of probes, camera by camera, how many are left while nothing comes, and the sum at the end. */
export function createProbePrinter({ words, print }: { words: Words; print: (line: string) => void }) {
  const counts = new Map<Grade, number>();
  let lastWaiting: number | null = null;
  return ({ waiting, cameras }: Pick<ProbedCameras, 'waiting' | 'cameras'>): void => {
    for (const { number, name, probe } of cameras) {
      const { grade, remarks } = gradeOf(probe);
      counts.set(grade, (counts.get(grade) ?? 0) + 1);
      const why = remarks.length === 0 ? '' : `  ${remarks.map((remark) => remarkWords(remark, words)).join(' · ')}`;
      print(`${number} ${name}  ${words(`cameras:grade.${grade}`)}${why}`);
    }
    if (waiting !== lastWaiting && waiting > 0) print(words('report.probing', { count: waiting }));
    lastWaiting = waiting;
    if (waiting === 0 && cameras.length === 0) print(sumLine(counts, words));
  };
}

function sumLine(counts: ReadonlyMap<Grade, number>, words: Words): string {
  const found = grades.filter((grade) => counts.has(grade)).map((grade) => `${words(`cameras:grade.${grade}`)} ${counts.get(grade)}`);
  return found.length === 0 ? words('report.probedNone') : words('report.probed', { grades: found.join(' · ') });
}

function remarkWords({ code, quality, params = {}, refusal }: Remark, words: Words): string {
  const offsetMs = params['offsetMs'];
  const more = {
    ...(refusal === undefined ? {} : { why: words(refusal.replace('cameras.', 'cameras:refusals.')) }),
    ...(typeof offsetMs === 'number' ? { for: durationWords(offsetMs, words) } : {}),
  };
  const said = words(`cameras:remark.${code}`, { ...params, ...more });
  return quality === null ? said : words('report.probeRemark', { stream: words(`cameras:way.${quality}`), words: said });
}

function durationWords(ms: number, words: Words): string {
  const minutes = Math.floor(ms / 60_000);
  if (minutes < 60) return words('room:duration.minutes', { count: minutes });
  const hours = Math.floor(minutes / 60);
  return hours < 24 ? words('room:duration.hours', { count: hours }) : words('room:duration.days', { count: Math.floor(hours / 24) });
}
