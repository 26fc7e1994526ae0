import { type Graded, gradeOf, type CameraProbe, type Grade, type Remark } from '#contract/cameras/index.ts';
import type { useTexts } from '../language/index.ts';
import type { ShapeName } from '../look/index.ts';

type Words = Pick<ReturnType<typeof useTexts>, 't' | 'refusal' | 'duration'>;

/** Shape of each grade, as on tiles: what cannot be used is crossed out, what has remarks is a warning. */
export const gradeShapes: { readonly [Name in Grade | 'none']: ShapeName } = {
  unusable: 'cross',
  remarks: 'triangle',
  unknown: 'half',
  good: 'dot',
  none: 'ring',
};

/** A remark as a sentence, with the stream that it is about. */
export function remarkWords({ code, quality, params = {}, refusal }: Remark, words: Words): string {
  const { t } = words;
  const more = {
    ...(refusal === undefined ? {} : { why: words.refusal({ code: refusal }) }),
    ...(typeof params['offsetMs'] === 'number' ? { for: words.duration(params['offsetMs']) } : {}),
  };
  const said = t(`cameras:remark.${code}`, { ...params, ...more });
  return quality === null ? said : t('console:probe.remark', { stream: t(`console:stream.${quality}`), words: said });
}

/** All remarks in one line. */
export function remarksLine({ remarks }: Graded, words: Words): string {
  return remarks.map((remark) => remarkWords(remark, words)).join(' · ');
}

/** The grade of what is known; null where nothing is. */
export function gradeOfProbe(probe: CameraProbe | null | undefined): Graded | null {
  return probe == null ? null : gradeOf(probe);
}
