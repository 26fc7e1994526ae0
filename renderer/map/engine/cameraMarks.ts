import type { Layer } from '@deck.gl/core';
import type { Camera } from '#contract/cameras/index.ts';
import type { CameraId, Timers } from '#contract/values/index.ts';
import type { ClusterAnswer } from './clusterMessages.ts';
import { type Clusters, openClusters, startClusterThread } from './clusters.ts';
import { bytesOf, type MapColors, toneOf } from './colors.ts';
import type { InstancedSource } from './instancedLayer.ts';
import { makeSource } from './instancedSource.ts';
import { paced } from './paced.ts';
import { formOf, markColumns, MarkLayer, type MarkShape } from './markLayer.ts';
import { wedgeColumns, WedgeLayer } from './wedgeLayer.ts';

/** How a camera is, from well to worst; the number is what groups compare. */
export const cameraSeverities = ['well', 'unconnected', 'troubled', 'lost'] as const;
export type CameraSeverity = (typeof cameraSeverities)[number];

/** A camera with a place, and how it is. */
export type PlacedCamera = Pick<Camera, 'id' | 'location' | 'azimuthDeg' | 'fieldOfViewDeg' | 'rangeM'>;

/** A group as a label shows it. */
export type CameraGroup = { readonly place: readonly [number, number]; readonly count: number; readonly severity: CameraSeverity };

export type CameraMarks = {
  setCameras(cameras: readonly PlacedCamera[]): void;
  /** States by camera; grouped anew when one of them is another. */
  setSeverities(severityOf: (cameraId: CameraId) => CameraSeverity): void;
  setColors(colors: MapColors): void;
  choose(cameraId: CameraId | null): void;
  show(shown: 'shown' | 'hidden'): void;
  /** Factor on the sizes of signs. */
  setScale(scale: number): void;
  follow(view: { readonly bounds: readonly [number, number, number, number]; readonly zoom: number }): void;
  layers(under: { readonly beforeId: string | undefined }): Layer[];
  groups(): readonly CameraGroup[];
  /** Resolves when the newest view has its groups; at once when there are no cameras. */
  settled(): Promise<void>;
  /** What is drawn within `reach` of a point of the screen. */
  near(of: {
    readonly project: (place: readonly [number, number]) => { x: number; y: number };
    readonly x: number;
    readonly y: number;
  }): NearCamera;
  close(): void;
};
type NearCamera =
  | { readonly kind: 'camera'; readonly cameraId: CameraId; readonly place: readonly [number, number] }
  | { readonly kind: 'group'; readonly place: readonly [number, number] }
  | null;

const mostMarks = 4_096;
// To look through 100,000 cameras takes some 10 ms, and one of so many is always another than before.
const mostAtOnce = 4_000;
const rejudgeMs = 1_000;
// A sector below this zoom is a smudge.
const wedgesFromZoom = 13.2;
const numbersFromZoom = 12;
const reachPx = 12;
const looks: {
  readonly [Name in CameraSeverity]: { readonly shape: MarkShape; readonly tone: 'quiet' | 'stale' | 'major'; readonly sizePx: number };
} = {
  well: { shape: 'dot', tone: 'quiet', sizePx: 4 },
  unconnected: { shape: 'hollow', tone: 'stale', sizePx: 3.4 },
  troubled: { shape: 'diamond', tone: 'major', sizePx: 6.5 },
  lost: { shape: 'square', tone: 'major', sizePx: 6 },
};

type Options = {
  readonly timers: Timers;
  readonly colors: MapColors;
  /** There is something else to draw. */
  readonly onGroups: () => void;
  /** There are other layers. */
  readonly onLayers: () => void;
};

/** Cameras in groups, with the fields of view of those that stand for themselves. */
export function createCameraMarks({ timers, colors: first, onGroups, onLayers }: Options): CameraMarks {
  const marks = makeSource(mostMarks, markColumns);
  const wedges = makeSource(mostMarks, wedgeColumns);
  let colors = first;
  let cameras: readonly PlacedCamera[] = [];
  let severities = new Uint8Array();
  let severityOf: (cameraId: CameraId) => CameraSeverity = () => 'well';
  let chosen: CameraId | null = null;
  let isShown = true;
  let hasWedges = false;
  let view: Parameters<Clusters['ask']>[0] | null = null;
  let answer: ClusterAnswer | null = null;
  const markLook = { ground: () => [...colors.ground, 1], chosen: () => [...colors.chosen, 1], scale: 1 };
  let waiting: (() => void)[] = [];
  const take = (groups: ClusterAnswer) => {
    answer = groups;
    for (const resolve of waiting) resolve();
    waiting = [];
    write();
    onGroups();
  };
  const clusters = openClusters({ onGroups: take, startThread: startClusterThread });
  const ask = () => {
    if (view !== null) clusters.ask(view);
  };
  const load = () => {
    const lngLat = new Float64Array(cameras.length * 2);
    for (const [index, { location }] of cameras.entries()) lngLat.set(location ?? [0, 0], index * 2);
    clusters.setPoints({ lngLat, severities });
    ask();
  };
  const judge = () => Uint8Array.from(cameras, ({ id }) => cameraSeverities.indexOf(severityOf(id)));
  const rejudge = () => {
    const judged = judge();
    if (judged.every((severity, index) => severity === severities[index])) return;
    severities = judged;
    load();
  };
  const rejudging = paced({ timers, everyMs: rejudgeMs, run: rejudge });
  const write = () => {
    const shown = isShown && answer !== null ? Math.min(mostMarks, answer.counts.length) : 0;
    for (let at = 0; at < shown; at += 1) writeMark(at);
    clear({ source: marks, column: 'form', from: shown });
    let drawnWedges = 0;
    for (let at = 0; at < shown; at += 1) {
      const camera = cameras[answer?.points[at] ?? -1];
      if (camera !== undefined && ((view?.zoom ?? 0) >= wedgesFromZoom || camera.id === chosen))
        drawnWedges += writeWedge(camera, drawnWedges);
    }
    const alone = cameras.find(({ id }) => id === chosen);
    if (alone !== undefined && isShown && (view?.zoom ?? 0) < wedgesFromZoom) drawnWedges += writeWedge(alone, drawnWedges);
    clear({ source: wedges, column: 'view', from: drawnWedges });
    // A layer of nothing would still be compiled before the map's first picture.
    const hadWedges = hasWedges;
    hasWedges = drawnWedges > 0;
    if (hasWedges !== hadWedges) onLayers();
  };
  const writeMark = (at: number) => {
    if (answer === null) return;
    const [lng, lat] = [answer.lngLat[at * 2] ?? 0, answer.lngLat[at * 2 + 1] ?? 0];
    const camera = cameras[answer.points[at] ?? -1];
    const { shape, tone, sizePx } = looks[cameraSeverities[answer.severities[at] ?? 0] ?? 'well'];
    const isChosen = camera !== undefined && camera.id === chosen;
    put(marks.attributes['place'], at, [lng, lat]);
    const group = { shape: isCalm(at) ? 'dot' : 'ring', halfPx: sizeOfGroup(at), isChosen } as const;
    put(marks.attributes['tone'], at, bytesOf(toneOf(colors, tone)));
    put(marks.attributes['form'], at, formOf(camera === undefined ? group : { shape, halfPx: sizePx, isChosen }));
  };
  // Seen from far, a group of which nothing is wrong is a dot and no number: colour and figures are for what is not as it should be.
  const isCalm = (at: number) =>
    (view?.zoom ?? 0) < numbersFromZoom && (answer?.severities[at] ?? 0) < cameraSeverities.indexOf('troubled');
  const sizeOfGroup = (at: number) => (isCalm(at) ? 3.2 : 8) + (isCalm(at) ? 1.4 : 2.6) * Math.log10(answer?.counts[at] ?? 1);
  const writeWedge = ({ id, location, azimuthDeg, fieldOfViewDeg, rangeM }: PlacedCamera, at: number): number => {
    if (location === null || azimuthDeg === null || at >= mostMarks) return 0;
    put(wedges.attributes['place'], at, location);
    put(wedges.attributes['tone'], at, bytesOf(id === chosen ? colors.chosen : colors.quiet));
    put(wedges.attributes['view'], at, [azimuthDeg, fieldOfViewDeg ?? usualFieldDeg, rangeM ?? usualRangeM]);
    return 1;
  };
  return {
    setCameras: (next) => {
      cameras = next.filter(({ location }) => location !== null && location.every(Number.isFinite));
      severities = judge();
      answer = null;
      load();
    },
    setSeverities: (next) => {
      severityOf = next;
      if (cameras.length > mostAtOnce) rejudging.ask();
      else rejudge();
    },
    setColors: (next) => {
      colors = next;
      write();
    },
    choose: (next) => {
      chosen = next;
      write();
    },
    show: (shown) => {
      isShown = shown === 'shown';
      write();
    },
    setScale: (scale) => {
      markLook.scale = scale;
    },
    follow: (next) => {
      view = next;
      ask();
    },
    layers: ({ beforeId }) => {
      const under = beforeId === undefined ? {} : { beforeId };
      const flat = { parameters: { depthCompare: 'always', depthWriteEnabled: false } } as const;
      type Props = ConstructorParameters<typeof MarkLayer>[0];
      return [
        ...(hasWedges
          ? [new WedgeLayer({ id: 'camera-views', data: wedges, ...flat, ...under } as ConstructorParameters<typeof WedgeLayer>[0])]
          : []),
        new MarkLayer({ id: 'camera-marks', data: marks, look: markLook, ...flat, ...under } as Props),
      ];
    },
    groups: () => (isShown ? groupsOf(answer).filter((_, at) => !isCalm(at)) : []).flatMap((group) => group ?? []),
    settled: () => {
      if (answer !== null || cameras.length === 0) return Promise.resolve();
      return new Promise((resolve) => waiting.push(resolve));
    },
    near: ({ project, x, y }) => {
      if (answer === null || !isShown) return null;
      for (let at = answer.counts.length - 1; at >= 0; at -= 1) {
        const place = [answer.lngLat[at * 2] ?? 0, answer.lngLat[at * 2 + 1] ?? 0] as const;
        const drawn = project(place);
        const camera = cameras[answer.points[at] ?? -1];
        const reach = camera === undefined ? sizeOfGroup(at) * markLook.scale + 3 : reachPx * markLook.scale;
        if (Math.hypot(drawn.x - x, drawn.y - y) > reach) continue;
        return camera === undefined ? { kind: 'group', place } : { kind: 'camera', cameraId: camera.id, place };
      }
      return null;
    },
    close: () => {
      rejudging.stop();
      clusters.close();
    },
  };
}

// Where the directory does not say: a usual street camera.
const usualFieldDeg = 70;
const usualRangeM = 80;

/** By row of the answer; null for a camera that stands for itself. */
function groupsOf(answer: ClusterAnswer | null): readonly (CameraGroup | null)[] {
  if (answer === null) return [];
  return Array.from(answer.counts, (count, at) => {
    if (answer.points[at] !== -1) return null;
    const place = [answer.lngLat[at * 2] ?? 0, answer.lngLat[at * 2 + 1] ?? 0] as const;
    return { place, count, severity: cameraSeverities[answer.severities[at] ?? 0] ?? 'well' };
  });
}

function put(column: InstancedSource['attributes'][string] | undefined, at: number, figures: readonly number[]): void {
  column?.value.set(figures, at * column.size);
}

/** Empties what is behind the last one that is drawn, and says that everything was written. */
function clear({ source, column, from }: { source: InstancedSource; column: string; from: number }): void {
  const { value, size } = source.attributes[column] ?? { value: new Float32Array(), size: 1 };
  value.fill(0, from * size);
  source.used = from;
  source.written.length = 0;
  for (const name of Object.keys(source.attributes)) source.written.push({ name, from: 0, to: source.length });
}
