import type { CSSProperties } from 'react';
import { type CellArea, gridOf, type Layout } from '#contract/wall/index.ts';

/** Style of a grid container in which a layout's cells are placed with `areaStyle`. */
export function gridStyle(layout: Layout): CSSProperties {
  const { columns, rows } = gridOf(layout);
  return { gridTemplateColumns: `repeat(${columns}, minmax(0, 1fr))`, gridTemplateRows: `repeat(${rows}, minmax(0, 1fr))` };
}

/** Where one cell lies in such a container. */
export function areaStyle({ column, row, columns, rows }: CellArea): CSSProperties {
  return { gridColumn: `${column + 1} / span ${columns}`, gridRow: `${row + 1} / span ${rows}` };
}

// Units of the drawing, four to three like most panels look from afar.
const [drawnWidth, drawnHeight] = [24, 16];

/** A layout as a small drawing, one rectangle for each cell. */
export function LayoutDrawing({ layout }: { layout: Layout }) {
  const { columns, rows, cells } = gridOf(layout);
  const [width, height] = [drawnWidth / columns, drawnHeight / rows];
  return (
    <svg width={drawnWidth} height={drawnHeight} viewBox={`0 0 ${drawnWidth} ${drawnHeight}`} aria-hidden="true">
      {cells.map((area) => (
        <rect
          key={`${area.column}.${area.row}`}
          x={area.column * width + 0.5}
          y={area.row * height + 0.5}
          width={area.columns * width - 1}
          height={area.rows * height - 1}
          fill="currentColor"
        />
      ))}
    </svg>
  );
}
