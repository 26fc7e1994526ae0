import type { CameraSeverity } from './cameraMarks.ts';

/** A word at a place; the more important one (lower rank) stays where two would overlap. */
export type Label = {
  readonly place: readonly [number, number];
  readonly text: string;
  readonly rank: number;
  readonly kind: 'region' | 'group' | 'center';
  readonly tone?: CameraSeverity;
};

/** Words over the map as elements of the page: the page's own fonts, themes and sharpness, and no cost while nothing moves. */
export type Labels = {
  readonly element: HTMLElement;
  setLabels(labels: readonly Label[]): void;
  /** Factor on their size and on the room they keep. */
  setScale(scale: number): void;
  /** Puts every label where its place is drawn now. */
  place(of: {
    readonly project: (place: readonly [number, number]) => { x: number; y: number };
    readonly width: number;
    readonly height: number;
  }): void;
};

const mostDrawn = 220;
// Rows in which overlaps are looked for; about the height of a label.
const rowPx = 18;
const charPx = { region: 13, group: 8, center: 12 } as const;

/** Makes the element; it is put over the map and lets every touch through. */
export function createLabels(page: Document): Labels {
  const element = page.createElement('div');
  element.className = 'map-labels';
  const pool: HTMLElement[] = [];
  let labels: readonly Label[] = [];
  let scale = 1;
  const show = (at: number): HTMLElement => {
    pool[at] ??= element.appendChild(page.createElement('span'));
    return pool[at];
  };
  return {
    element,
    setLabels: (next) => {
      labels = next.toSorted((a, b) => a.rank - b.rank);
    },
    setScale: (next) => {
      scale = next;
      element.style.setProperty('--map-scale', `${next}`);
    },
    place: ({ project, width, height }) => {
      const taken = new Map<number, [number, number][]>();
      let drawn = 0;
      for (const label of labels) {
        if (drawn >= mostDrawn) break;
        const { x, y } = project(label.place);
        if (x < 0 || y < 0 || x > width || y > height) continue;
        const half = (label.text.length * charPx[label.kind] * scale) / 2 + 3;
        // A group's number stands on its own disc.
        if (label.kind !== 'group' && !take({ taken, row: Math.round(y / (rowPx * scale)), from: x - half, to: x + half })) continue;
        draw(show(drawn), { label, x, y });
        drawn += 1;
      }
      for (const span of pool.slice(drawn)) span.hidden = true;
    },
  };
}

function draw(span: HTMLElement, { label, x, y }: { label: Label; x: number; y: number }): void {
  if (span.textContent !== label.text) span.textContent = label.text;
  span.hidden = false;
  span.dataset['kind'] = label.kind;
  span.dataset['tone'] = label.tone ?? 'well';
  span.style.transform = `translate(${Math.round(x)}px, ${Math.round(y)}px) translate(-50%, -50%)`;
}

/** Takes room in a row and its neighbours, where there is room. */
function take({ taken, row, from, to }: { taken: Map<number, [number, number][]>; row: number; from: number; to: number }): boolean {
  for (const near of [row - 1, row, row + 1]) {
    if (taken.get(near)?.some(([a, b]) => from < b && to > a) === true) return false;
  }
  const row0 = taken.get(row);
  if (row0 === undefined) taken.set(row, [[from, to]]);
  else row0.push([from, to]);
  return true;
}
