import type { MapPart } from './partCanvas.ts';

const lengths = ['left', 'top', 'width', 'height'] as const;

/** Lays an element that is as large as the whole picture so that its part is seen in the box around it; null: it fills that box. */
export function showPart(element: HTMLElement, part: MapPart | null): void {
  const { style } = element;
  for (const name of lengths) {
    if (part === null) style.removeProperty(`--part-${name}`);
    else style.setProperty(`--part-${name}`, `${part[name]}px`);
  }
  Object.assign(style, part === null ? { inset: '', width: '', height: '', transform: '', transformOrigin: '' } : layOf(part));
  if (part === null) delete element.dataset['part'];
  else element.dataset['part'] = '';
}

/** Where a box that is as large as the whole picture lies in the one that shows a part of it. */
export function layOf({ left, top, wide, high, scale }: MapPart) {
  return {
    inset: 'auto',
    top: `${-top * scale}px`,
    left: `${-left * scale}px`,
    width: `${wide}px`,
    height: `${high}px`,
    transform: scale === 1 ? 'none' : `scale(${scale})`,
    transformOrigin: '0 0',
  } as const;
}
