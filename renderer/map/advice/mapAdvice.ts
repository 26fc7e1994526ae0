import { createStore, type StoreApi } from 'zustand/vanilla';
import type { Camera } from '#contract/cameras/index.ts';
import { groundDistanceM } from '#contract/map/index.ts';
import type { PositionColumns } from '#contract/responders/index.ts';
import type { CameraId, LngLat, Timers } from '#contract/values/index.ts';
import type { Land } from '../land/createLand.ts';
import type { RankedCamera } from '../sight/rankCameras.ts';
import { type NearResponder, nearestInLine, nearResponders } from './nearResponders.ts';

/** What there is to be said about one place: who is near it, and which cameras see it. */
export type AdviceState = {
  /** The place that is asked about; null = none. */
  readonly at: LngLat | null;
  /** The place that the lists below are about: the one before, while the new one is being worked out. */
  readonly about: LngLat | null;
  readonly responders: readonly NearResponder[];
  /** Whether roads could be asked; `unknown`: distances are straight lines only. */
  readonly roads: 'known' | 'unknown';
  readonly cameras: readonly RankedCamera[];
};

/** Follows one place and keeps its lists right while people walk. */
export type MapAdvice = {
  readonly store: StoreApi<AdviceState>;
  /** Asks about a place; `among`: only these cameras are ranked. Null: nothing is asked any more. */
  follow(question: { readonly at: LngLat; readonly among: ReadonlySet<CameraId> | null } | null): void;
  /** Something that counts for cameras has changed: votes, pictures. */
  again(): void;
};

export type AdvicePorts = {
  readonly timers: Timers;
  readonly land: Pick<Land, 'waysTo' | 'camerasFor'>;
  readonly nowMs: () => number;
  readonly positions: () => PositionColumns;
  /** Cameras that have pictures here. */
  readonly cameras: () => Iterable<Camera>;
  readonly isLost: (cameraId: CameraId) => boolean;
  readonly votesAt: (at: LngLat) => ReadonlyMap<CameraId, number>;
};

// Of the nearest in a straight line the ways are asked: whoever is farther off is hardly the first by road.
const askedWays = 40;
// Cameras beyond are hidden by whatever stands between; without an area nobody looks for farther ones.
const [lookedForM, rankedAtMost] = [2_000, 300];
// A person walks 6 m in that time.
const againMs = 5_000;
const drawnMs = 150;
const nothing: AdviceState = { at: null, about: null, responders: [], roads: 'unknown', cameras: [] };

type Question = { readonly at: LngLat; readonly among: ReadonlySet<CameraId> | null };

/** Makes it; it asks nothing until it follows a place. */
export function createMapAdvice(ports: AdvicePorts): MapAdvice {
  const store = createStore<AdviceState>(() => nothing);
  let question: Question | null = null;
  let round = 0;
  let cancel = () => {};
  const later = (ms: number) => {
    cancel();
    cancel = ports.timers.afterMs(ms, () => void workOut());
  };
  const workOut = async () => {
    const asked = question;
    const mine = ++round;
    if (asked === null) return;
    const [people, cameras] = await Promise.all([respondersFor(asked, ports), camerasFor(asked, ports)]);
    if (mine !== round || question === null) return;
    store.setState({ about: asked.at, ...people, cameras });
    later(againMs);
  };
  return {
    store,
    follow: (next) => {
      if (isSameQuestion(question, next)) return;
      question = next;
      round += 1;
      if (next === null) {
        cancel();
        return store.setState(nothing);
      }
      store.setState({ at: next.at });
      later(drawnMs);
    },
    again: () => {
      if (question !== null) later(0);
    },
  };
}

async function respondersFor(
  { at }: Question,
  { land, positions, nowMs }: AdvicePorts,
): Promise<Pick<AdviceState, 'responders' | 'roads'>> {
  const columns = positions();
  const indices = nearestInLine({ columns, at, count: askedWays });
  const from = indices.map((index): LngLat => [columns.lngLat[2 * index] ?? 0, columns.lngLat[2 * index + 1] ?? 0]);
  const answer = await land.waysTo({ to: at, from }).catch(() => null);
  const ways = answer?.ok === true ? answer.value : null;
  return { responders: nearResponders({ columns, indices, ways, at, nowMs: nowMs() }), roads: ways === null ? 'unknown' : 'known' };
}

async function camerasFor({ at, among }: Question, { land, cameras, isLost, votesAt }: AdvicePorts): Promise<readonly RankedCamera[]> {
  const near = [...cameras()]
    .flatMap((camera) => (camera.location === null ? [] : [{ camera, distanceM: groundDistanceM(camera.location, at) }]))
    .filter(({ camera, distanceM }) => (among === null ? distanceM <= lookedForM : among.has(camera.id)))
    .toSorted((a, b) => a.distanceM - b.distanceM)
    .slice(0, rankedAtMost)
    .map(({ camera }) => sightOf(camera));
  const offline = new Set(near.flatMap(({ id }) => (isLost(id) ? [id] : [])));
  return await land.camerasFor({ at, cameras: near, offline, votes: votesAt(at) });
}

// No more than ranking looks at crosses to the worker.
function sightOf({ id, location, azimuthDeg, fieldOfViewDeg, rangeM, steering }: Camera) {
  return { id, location, azimuthDeg, fieldOfViewDeg, rangeM, ...(steering === undefined ? {} : { steering }) };
}

function isSameQuestion(a: Question | null, b: Question | null): boolean {
  if (a === null || b === null) return a === b;
  if (a.at[0] !== b.at[0] || a.at[1] !== b.at[1]) return false;
  if (a.among === null || b.among === null) return a.among === b.among;
  return a.among.size === b.among.size && [...a.among].every((id) => b.among?.has(id) === true);
}
