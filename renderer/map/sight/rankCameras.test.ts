import { describe, expect, test } from 'vitest';
import type { HeightGrid } from '#contract/map/index.ts';
import { CameraId, type LngLat } from '#contract/values/index.ts';
import { type Building, createBuildingsInTheWay } from './buildings.ts';
import { rankCameras, type SightCamera, type SightQuestion } from './rankCameras.ts';

const here: LngLat = [108.05, 33.05];
/** Degrees of about so many metres. */
const metres = (m: number) => m / 111_320;
const south = (m: number): LngLat => [here[0], here[1] - metres(m)];

function camera(id: string, changed: Partial<SightCamera> = {}): SightCamera {
  return { id: CameraId.parse(id), location: south(100), azimuthDeg: 0, fieldOfViewDeg: 60, rangeM: 300, ...changed };
}

const flat: HeightGrid = { bounds: [108, 33, 108.1, 33.1], columns: 2, rows: 2, metres: Int16Array.of(400, 400, 400, 400) };

function rank(cameras: readonly SightCamera[], changed: Partial<SightQuestion> = {}) {
  const question = { at: here, cameras, heights: flat, buildings: () => null, isOnline: () => true, votes: () => 0, ...changed };
  return rankCameras(question).map(({ cameraId, score, remarks }) => ({
    id: cameraId,
    sees: score > 0,
    remarks: remarks.map(({ kind }) => kind),
  }));
}

describe('cameras for a place', () => {
  test('the nearer one and the one that looks straight at it come first; who looks away comes last and says so', () => {
    const cameras = [
      camera('away', { azimuthDeg: 180 }),
      camera('far', { location: south(250) }),
      camera('aside', { azimuthDeg: 25 }),
      camera('straight'),
    ];
    expect(rank(cameras)).toEqual([
      { id: 'straight', sees: true, remarks: [] },
      { id: 'aside', sees: true, remarks: [] },
      { id: 'far', sees: true, remarks: [] },
      { id: 'away', sees: false, remarks: ['looksElsewhere'] },
    ]);
  });

  test('an angle over north is one angle', () => {
    expect(rank([camera('a', { azimuthDeg: 350 }), camera('b', { azimuthDeg: 300 })]).map(({ sees }) => sees)).toEqual([true, false]);
  });

  test('what is not known costs, and is said', () => {
    const cameras = [camera('known'), camera('vague', { azimuthDeg: null }), camera('steered', { azimuthDeg: 180, steering: 'onvif' })];
    expect(rank(cameras)).toEqual([
      { id: 'known', sees: true, remarks: [] },
      { id: 'steered', sees: true, remarks: ['turnable'] },
      { id: 'vague', sees: true, remarks: ['directionUnknown'] },
    ]);
    expect(rank([camera('a', { rangeM: null })], { heights: null })).toEqual([
      { id: 'a', sees: true, remarks: ['rangeUnknown', 'landUnknown'] },
    ]);
  });

  test('who is out of range, without a place or in another county is no choice', () => {
    const cameras = [camera('short', { rangeM: 50 }), camera('nowhere', { location: null }), camera('elsewhere', { location: [110, 33] })];
    expect(rank(cameras)).toEqual([{ id: 'short', sees: false, remarks: ['outOfRange'] }]);
  });

  test('a picture that is away comes after all that are there, and a vote moves a camera among those that see', () => {
    const cameras = [camera('first', { location: south(60) }), camera('second'), camera('dark', { location: south(20) })];
    const order = (votes: SightQuestion['votes']) => rank(cameras, { isOnline: (id) => id !== 'dark', votes }).map(({ id }) => id);
    expect(order(() => 0)).toEqual(['first', 'second', 'dark']);
    expect(order((id) => (id === 'first' ? -2 : 1))).toEqual(['second', 'first', 'dark']);
    expect(rank([camera('blind', { azimuthDeg: 180 })], { votes: () => 3 })[0]?.sees).toBe(false);
  });

  test('a hill hides what lies behind it', () => {
    const ridge: HeightGrid = {
      bounds: [108, 33.04, 108.1, 33.06],
      columns: 2,
      rows: 21,
      metres: Int16Array.from({ length: 42 }, (_, sample) => (Math.floor(sample / 2) === 12 ? 480 : 400)),
    };
    const ranked = rank([camera('valley', { location: south(600), rangeM: 2_000 })], { heights: ridge });
    expect(ranked).toEqual([{ id: 'valley', sees: false, remarks: ['hiddenByLand'] }]);
    expect(rank([camera('valley', { location: south(600), rangeM: 2_000 })])[0]?.sees).toBe(true);
  });
});

describe('buildings in the way', () => {
  const square = (fromM: number, toM: number): LngLat[] => {
    const [w, e] = [here[0] - metres(10), here[0] + metres(10)];
    const [s, n] = [here[1] - metres(fromM), here[1] - metres(toM)];
    return [
      [w, s],
      [e, s],
      [e, n],
      [w, n],
      [w, s],
    ];
  };
  const look = { eye: { at: south(100), aboveGroundM: 6 }, target: { at: here, aboveGroundM: 1.5 } };
  const hiddenAt = (buildings: readonly Building[]) => createBuildingsInTheWay({ buildings, heights: flat })(look);

  test('the nearest wall that is high enough hides; a low one and one beside the line do not', () => {
    const house = { rings: [square(60, 40)], heightM: 9 };
    expect(hiddenAt([house, { rings: [square(30, 20)], heightM: 20 }])).toBeCloseTo(40, 0);
    expect(hiddenAt([{ ...house, heightM: 2 }])).toBeNull();
    const beside = house.rings.map((ring) => ring.map(([lng, lat]): LngLat => [lng + metres(40), lat]));
    expect(hiddenAt([{ rings: beside, heightM: 30 }])).toBeNull();
    expect(hiddenAt([])).toBeNull();
  });

  test('the house that a camera hangs on, and the one it looks at, hide nothing', () => {
    expect(hiddenAt([{ rings: [square(108, 92)], heightM: 20 }])).toBeNull();
    expect(hiddenAt([{ rings: [square(8, -8)], heightM: 20 }])).toBeNull();
  });

  test('a camera behind a house ranks below one with a free view', () => {
    const buildings = createBuildingsInTheWay({ buildings: [{ rings: [square(60, 40)], heightM: 9 }], heights: flat });
    const ranked = rank([camera('behind'), camera('free', { location: [here[0], here[1] + metres(150)], azimuthDeg: 180 })], { buildings });
    expect(ranked).toEqual([
      { id: 'free', sees: true, remarks: [] },
      { id: 'behind', sees: false, remarks: ['hiddenByBuilding'] },
    ]);
  });
});
