import type { Grade, HealthRow } from '#contract/cameras/index.ts';

/** A grade, or that nobody has looked yet. */
export type GradeShown = Grade | 'none';

/** What needs somebody first. What nobody has looked at may be anything, so it stands before what is good. */
export const gradesShown: readonly GradeShown[] = ['unusable', 'remarks', 'unknown', 'none', 'good'];

/** The grade of a row as it is shown. */
export function gradeShown({ graded }: Pick<HealthRow, 'graded'>): GradeShown {
  return graded?.grade ?? 'none';
}

/** Whether a row is shown when only one grade is. */
export function isOfGrade(row: Pick<HealthRow, 'graded'>, grade: GradeShown | null): boolean {
  return grade === null || gradeShown(row) === grade;
}

/** The worst grade first, then the one with more remarks; within a grade as before. */
export function byGrade(rows: readonly HealthRow[]): readonly HealthRow[] {
  const order = (row: HealthRow) => gradesShown.indexOf(gradeShown(row));
  const remarks = ({ graded }: HealthRow) => graded?.remarks.length ?? 0;
  return rows.toSorted((a, b) => order(a) - order(b) || remarks(b) - remarks(a));
}
