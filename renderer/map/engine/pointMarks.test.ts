import { expect, test } from 'vitest';
import type { MapColors } from './colors.ts';
import type { InstancedSource } from './instancedLayer.ts';
import { createPointMarks } from './pointMarks.ts';

const black = [0, 0, 0] as const;
const colors: MapColors = {
  ...{ ground: black, line: black, text: black, quiet: [0.2, 0.2, 0.2], good: black, stale: black, chosen: [0, 0, 1] },
  load: [black, black, black, black],
  signs: { critical: [1, 0, 0], major: [1, 0.6, 0], minor: [0.8, 0.8, 0] },
  areas: { critical: [1, 0, 0], major: [1, 0.6, 0] },
};

test('the sign that is chosen keeps the colour of its severity, and alone gets another form', () => {
  const marks = createPointMarks({ name: 'incidents', colors });
  marks.setMarks([
    { id: 'late', place: [108, 33], shape: 'triangle', tone: 'critical', sizePx: 9 },
    { id: 'soon', place: [108, 33], shape: 'diamond', tone: 'major', sizePx: 7 },
  ]);
  const [layer] = marks.layers({ beforeId: undefined });
  const { tone, form } = (layer?.props as unknown as { data: InstancedSource } | undefined)?.data.attributes ?? {};
  const drawn = () => [[...(tone?.value.subarray(0, 8) ?? [])], [...(form?.value.subarray(0, 4) ?? [])]];
  const tones = [255, 0, 0, 255, 255, 153, 0, 255];
  expect(drawn()).toEqual([tones, [2, 9, 3, 7]]);
  marks.choose('soon');
  expect(drawn()).toEqual([tones, [2, 9, 19, 9]]);
  marks.choose(null);
  expect(drawn()).toEqual([tones, [2, 9, 3, 7]]);
});
