import { expect, test } from 'vitest';
import type { OpenIncident } from '#contract/incidents/index.ts';
import { incidentMarks } from './incidentMarks.ts';

const base = { version: 1, number: 'AL-1', at: [108, 33], regionId: 'g', townId: null, villageId: null, kind: 'landslide' };
const incident = (fields: Partial<OpenIncident>): OpenIncident =>
  ({ ...base, incidentId: 'i', urgency: 'normal', reportedAtMs: 0, dueAtMs: 1_000, ...fields }) as OpenIncident;

test('urgency and clock together choose shape and colour, and the worst lie on top', () => {
  const marks = incidentMarks(
    [
      incident({ incidentId: 'late' as OpenIncident['incidentId'], dueAtMs: 400 }),
      incident({ incidentId: 'calm' as OpenIncident['incidentId'] }),
      incident({ incidentId: 'soon' as OpenIncident['incidentId'], dueAtMs: 600 }),
      incident({ incidentId: 'grave' as OpenIncident['incidentId'], urgency: 'critical' }),
      incident({ incidentId: 'urgent' as OpenIncident['incidentId'], urgency: 'urgent' }),
    ],
    500,
  );
  expect(marks.map(({ id, shape, tone }) => [id, shape, tone])).toEqual([
    ['calm', 'square', 'minor'],
    ['soon', 'diamond', 'major'],
    ['urgent', 'diamond', 'major'],
    ['late', 'triangle', 'critical'],
    ['grave', 'triangle', 'critical'],
  ]);
});
