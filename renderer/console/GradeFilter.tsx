import { Select } from '@mantine/core';
import type { HealthRow } from '#contract/cameras/index.ts';
import { useTexts } from '../language/index.ts';
import { type GradeShown, gradesShown, isOfGrade } from './healthGrades.ts';

/** Narrows the health page to one grade; says how many have it. */
export function GradeFilter({
  rows,
  chosen,
  onChoose,
}: {
  rows: readonly HealthRow[];
  chosen: GradeShown | null;
  onChoose: (grade: GradeShown | null) => void;
}) {
  const { t, number } = useTexts();
  const counted = (grade: GradeShown) => number(rows.filter((row) => isOfGrade(row, grade)).length);
  return (
    <Select
      aria-label={t('console:health.gradeFilter')}
      placeholder={t('console:health.anyGrade')}
      data={gradesShown.map((grade) => ({ value: grade, label: `${t(`cameras:grade.${grade}`)} ${counted(grade)}` }))}
      value={chosen}
      onChange={(value) => onChoose(gradesShown.find((grade) => grade === value) ?? null)}
      size="xs"
      clearable
    />
  );
}
