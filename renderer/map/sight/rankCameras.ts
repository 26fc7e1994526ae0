import type { Camera } from '#contract/cameras/index.ts';
import { bearingDeg, groundDistanceM, type HeightGrid, lineOfSight, type SightPoint } from '#contract/map/index.ts';
import type { CameraId, LngLat } from '#contract/values/index.ts';
import type { BuildingsInTheWay } from './buildings.ts';

/** What of a camera counts for whether it sees a place. */
export type SightCamera = Pick<Camera, 'id' | 'location' | 'azimuthDeg' | 'fieldOfViewDeg' | 'rangeM' | 'steering'>;

/** What stands against a camera's seeing a place, the gravest first. */
export type SightRemark =
  | { readonly kind: 'hiddenByLand'; readonly atM: number }
  | { readonly kind: 'hiddenByBuilding'; readonly atM: number }
  | { readonly kind: 'outOfRange'; readonly rangeM: number }
  | { readonly kind: 'looksElsewhere'; readonly offDeg: number }
  | { readonly kind: 'turnable'; readonly offDeg: number }
  | { readonly kind: 'directionUnknown' }
  | { readonly kind: 'rangeUnknown' }
  | { readonly kind: 'landUnknown' }
  | { readonly kind: 'housesUnknown' }
  | { readonly kind: 'offline' }
  | { readonly kind: 'votedDown' }
  | { readonly kind: 'votedUp' };

/** A camera's standing for a place. `score` 0 to 1; 0: it cannot see it, `remarks` say why. Distance in metres. */
export type RankedCamera = {
  readonly cameraId: CameraId;
  readonly score: number;
  readonly distanceM: number;
  readonly remarks: readonly SightRemark[];
};

/** What ranking looks at besides the cameras. `heights` or `buildings` null: not known here, said as a remark. */
export type SightQuestion = {
  readonly at: LngLat;
  readonly cameras: readonly SightCamera[];
  readonly heights: HeightGrid | null;
  readonly buildings: BuildingsInTheWay | null;
  /** Whether a camera's picture is there to be shown. */
  readonly isOnline: (cameraId: CameraId) => boolean;
  /** What people said about a camera for a place near this one: ups minus downs. */
  readonly votes: (cameraId: CameraId) => number;
};

/** A camera whose directory entry names no range is believed this far (a street camera of 4 mm reads a scene to here). */
const believedRangeM = 150;
/** Farther than this nobody looks for a camera. */
const lookedForM = 20_000;
/** Cameras hang on poles; people and cars are looked at above the ground. */
const [poleM, sceneM] = [6, 1.5];
const weights = { turnable: 0.8, directionUnknown: 0.5, rangeUnknown: 0.8, landUnknown: 0.9, housesUnknown: 0.9, offline: 0.1, vote: 0.25 };

/** Ranks cameras for one place, the best first; those farther than 20 km and those without a place are left out. Equal scores: the nearer one. */
export function rankCameras(question: SightQuestion): RankedCamera[] {
  const ranked = question.cameras.flatMap((camera) => {
    const { location } = camera;
    if (location === null) return [];
    const distanceM = groundDistanceM(location, question.at);
    return distanceM > lookedForM ? [] : [rankOne({ camera, location, distanceM, question })];
  });
  return ranked.toSorted((a, b) => b.score - a.score || a.distanceM - b.distanceM || (a.cameraId < b.cameraId ? -1 : 1));
}

type Ranking = { camera: SightCamera; location: LngLat; distanceM: number; question: SightQuestion };

function rankOne(ranking: Ranking): RankedCamera {
  const judged = [inRange(ranking), inAngle(ranking), overHouses(ranking), overLand(ranking), onlineOf(ranking), votesOf(ranking)];
  const score = judged.reduce((product, { factor }) => product * factor, 1);
  const remarks = judged.flatMap(({ factor, remarks: said }) => said.map((remark) => ({ factor, remark })));
  return {
    cameraId: ranking.camera.id,
    score: Math.min(1, score),
    distanceM: ranking.distanceM,
    remarks: remarks.toSorted((a, b) => a.factor - b.factor).map(({ remark }) => remark),
  };
}

/** What one look at a camera multiplies its score by, and what is to be said of it. */
type Judged = { readonly factor: number; readonly remarks: readonly SightRemark[] };

function inRange({ camera: { rangeM }, distanceM }: Ranking): Judged {
  const reachM = rangeM ?? believedRangeM;
  if (distanceM > reachM) return { factor: 0, remarks: [{ kind: 'outOfRange', rangeM: reachM }] };
  const nearness = 1 - 0.7 * (distanceM / reachM);
  return rangeM === null
    ? { factor: nearness * weights.rangeUnknown, remarks: [{ kind: 'rangeUnknown' }] }
    : { factor: nearness, remarks: [] };
}

function inAngle({ camera: { azimuthDeg, fieldOfViewDeg, steering }, location, question }: Ranking): Judged {
  if (azimuthDeg === null || fieldOfViewDeg === null) return { factor: weights.directionUnknown, remarks: [{ kind: 'directionUnknown' }] };
  const offDeg = Math.abs(((bearingDeg(location, question.at) - azimuthDeg + 540) % 360) - 180);
  if (offDeg <= fieldOfViewDeg / 2) return { factor: 1 - 0.3 * (offDeg / (fieldOfViewDeg / 2)), remarks: [] };
  if (steering !== undefined) return { factor: weights.turnable, remarks: [{ kind: 'turnable', offDeg }] };
  return { factor: 0, remarks: [{ kind: 'looksElsewhere', offDeg }] };
}

/** The line from a camera to a place. */
type Look = { readonly eye: SightPoint; readonly target: SightPoint };

function lookOf({ location, question }: Ranking): Look {
  return { eye: { at: location, aboveGroundM: poleM }, target: { at: question.at, aboveGroundM: sceneM } };
}

function overHouses(ranking: Ranking): Judged {
  const { buildings } = ranking.question;
  if (buildings === null) return { factor: weights.housesUnknown, remarks: [{ kind: 'housesUnknown' }] };
  const atM = buildings(lookOf(ranking));
  return atM === null ? { factor: 1, remarks: [] } : { factor: 0, remarks: [{ kind: 'hiddenByBuilding', atM }] };
}

function overLand(ranking: Ranking): Judged {
  const { heights } = ranking.question;
  const sight = heights === null ? { kind: 'unknown' as const } : lineOfSight(heights, lookOf(ranking));
  switch (sight.kind) {
    case 'seen':
      return { factor: 1, remarks: [] };
    case 'hidden':
      return { factor: 0, remarks: [{ kind: 'hiddenByLand', atM: sight.blockedAtM }] };
    case 'unknown':
      return { factor: weights.landUnknown, remarks: [{ kind: 'landUnknown' }] };
  }
}

function onlineOf({ camera, question }: Ranking): Judged {
  return question.isOnline(camera.id) ? { factor: 1, remarks: [] } : { factor: weights.offline, remarks: [{ kind: 'offline' }] };
}

/** Votes move a camera up or down among those that can see the place; they make none see through a hill. */
function votesOf({ camera, question }: Ranking): Judged {
  const votes = Math.max(-3, Math.min(3, question.votes(camera.id)));
  if (votes === 0) return { factor: 1, remarks: [] };
  return { factor: 1 + weights.vote * votes, remarks: [{ kind: votes > 0 ? 'votedUp' : 'votedDown' }] };
}
