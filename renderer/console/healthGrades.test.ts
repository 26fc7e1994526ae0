import { expect, test } from 'vitest';
import type { Grade, HealthRow } from '#contract/cameras/index.ts';
import { byGrade, gradeShown, isOfGrade } from './healthGrades.ts';

const rowOf = (number: string, grade: Grade | null, remarks = 0): HealthRow => {
  const graded =
    grade === null ? null : { grade, remarks: Array.from({ length: remarks }, () => ({ code: 'slow', quality: 'sub' }) as const) };
  return { camera: { number }, state: 'idle', sinceMs: null, condition: null, viewers: 0, restarts: 0, live: null, graded } as HealthRow;
};
const rows = [
  rowOf('1', 'good'),
  rowOf('2', null),
  rowOf('3', 'remarks', 1),
  rowOf('4', 'unusable', 2),
  rowOf('5', 'remarks', 3),
  rowOf('6', 'good'),
];

test('the worst grade comes first, more remarks before fewer, and equal ones stay as they were', () => {
  expect(byGrade(rows).map(({ camera }) => camera.number)).toEqual(['4', '5', '3', '2', '1', '6']);
});

test('one grade shows its cameras and no others; nothing chosen shows all', () => {
  expect(rows.filter((row) => isOfGrade(row, 'remarks')).map(({ camera }) => camera.number)).toEqual(['3', '5']);
  expect(rows.filter((row) => isOfGrade(row, 'none')).map(gradeShown)).toEqual(['none']);
  expect(rows.filter((row) => isOfGrade(row, null))).toHaveLength(rows.length);
});
