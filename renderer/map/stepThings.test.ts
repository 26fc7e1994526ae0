import { expect, test } from 'vitest';
import { OpenIncident } from '#contract/incidents/index.ts';
import type { CameraId, CenterId } from '#contract/values/index.ts';
import type { MapThing } from './engine/index.ts';
import type { SelectionContents } from './selection/index.ts';
import { stepThing, thingsInTurn } from './stepThings.ts';

const nowMs = 1_000_000;
const incident = (incidentId: string, urgency: OpenIncident['urgency']) =>
  OpenIncident.parse({
    ...{ incidentId, version: 1, number: 'AL-1', at: [108, 33], regionId: 'g', townId: null, villageId: null, kind: 'noise', urgency },
    ...{ reportedAtMs: nowMs, dueAtMs: nowMs + 3_600_000 },
  });
const incidents = new Map([incident('quiet', 'normal'), incident('worst', 'critical')].map((each) => [each.incidentId, each]));
const contents: SelectionContents = {
  incidents: [...incidents.keys()],
  centers: ['c' as CenterId],
  cameras: ['k' as CameraId],
  responders: [4],
  grids: [],
};
const all = { areas: true, incidents: true, responders: true, cameras: true, centers: true, heat: false };
const names = (things: readonly MapThing[]) =>
  things.map((thing) => ('incidentId' in thing ? thing.incidentId : 'index' in thing ? `${thing.index}` : thing.kind));

test('a key goes through what is in view, the worst incident first', () => {
  expect(names(thingsInTurn(contents, { shown: all, incidents, nowMs }))).toEqual(['worst', 'quiet', 'center', 'camera', '4']);
});

test('what is not shown is not gone through', () => {
  const shown = { ...all, incidents: false, centers: false, cameras: false };
  expect(names(thingsInTurn(contents, { shown, incidents, nowMs }))).toEqual(['4']);
});

test('one goes on from what is chosen, around the end, and back; from anything else at an end', () => {
  const things = thingsInTurn(contents, { shown: all, incidents, nowMs });
  const go = (chosen: MapThing | undefined, to: 'next' | 'before') => stepThing(things, { chosen: chosen ?? null, to });
  expect([go(undefined, 'next'), go(undefined, 'before')]).toEqual([things[0], things[4]]);
  expect([go(things[0], 'next'), go(things[4], 'next'), go(things[0], 'before')]).toEqual([things[1], things[0], things[4]]);
  expect(stepThing([], { chosen: null, to: 'next' })).toBeNull();
});
