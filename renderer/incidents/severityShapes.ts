import type { IncidentSeverity } from '#contract/incidents/index.ts';
import type { ShapeName } from '../look/index.ts';

/** The shape that stands beside a severity's colour, the same as on the map; `closed`: nothing asks for eyes any more. */
export const severityShapes = {
  critical: 'triangle',
  major: 'diamond',
  minor: 'square',
  closed: 'bar',
} as const satisfies Readonly<Record<IncidentSeverity | 'closed', ShapeName>>;
