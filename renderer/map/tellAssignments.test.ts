import { expect, test } from 'vitest';
import { createStore } from 'zustand/vanilla';
import type { Responder } from '#contract/directory/index.ts';
import type { Assignment, OpenIncident } from '#contract/incidents/index.ts';
import { createPositionColumns } from '#contract/responders/index.ts';
import type { Roster } from '../directory/index.ts';
import type { AssignmentLine } from './engine/index.ts';
import { emptyMapState } from './mapState.ts';
import { tellAssignments } from './tellAssignments.ts';

const incident = (incidentId: string, assignments?: readonly { responderId: string; role: Assignment['role'] }[]) =>
  ({ incidentId, at: [108.3, 33.3], urgency: 'critical', reportedAtMs: 0, dueAtMs: 9_000, assignments }) as unknown as OpenIncident;
const roster = (numbering: number): Roster => ({
  numbering,
  responders: [undefined, { id: 'r-1' } as unknown as Responder, { id: 'r-2' } as unknown as Responder],
});

function tell({ numbering = 7, open }: { numbering?: number; open: readonly OpenIncident[] }) {
  const told: (readonly AssignmentLine[])[] = [];
  const store = createStore(() => emptyMapState);
  const incidents = new Map(open.map((one) => [one.incidentId, one]));
  tellAssignments({
    room: { store: createStore(() => ({ incidents })), platformNow: () => 1_000 } as unknown as Parameters<
      typeof tellAssignments
    >[0]['room'],
    ...{ store, roster: roster(7) },
    engine: { setAssignments: (lines) => told.push(lines) },
    positions: { columns: () => createPositionColumns({ size: 3, directoryRevision: numbering }) },
  });
  return { lines: told[0], count: store.getState().assignments };
}

test('each who was sent goes by his number, to the incident, in its tone', () => {
  const sent = incident('i-1', [
    { responderId: 'r-2', role: 'lead' },
    { responderId: 'r-1', role: 'assist' },
  ]);
  const place = [108.3, 33.3];
  expect(tell({ open: [sent, incident('i-2')] })).toEqual({
    lines: [
      { responder: 2, place, tone: 'critical' },
      { responder: 1, place, tone: 'critical' },
    ],
    count: 2,
  });
});

test('somebody whom the roster does not know has no arc; and nobody has while numbers mean others', () => {
  const open = [
    incident('i-1', [
      { responderId: 'r-9', role: 'lead' },
      { responderId: 'r-1', role: 'assist' },
    ]),
  ];
  expect([tell({ open }).lines?.length, tell({ open, numbering: 8 })]).toEqual([1, { lines: [], count: 0 }]);
});
