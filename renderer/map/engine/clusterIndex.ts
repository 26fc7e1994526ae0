import Supercluster from 'supercluster';
import type { ClusterAnswer, ClusterQuestion } from './clusterMessages.ts';

type Points = Extract<ClusterQuestion, { kind: 'points' }>;
type View = Extract<ClusterQuestion, { kind: 'view' }>;
type Properties = { readonly index: number; readonly severity: number };
type Grouped = { readonly severity: number; readonly worst: number };

/** Cameras as one can ask for their groups. */
export type ClusterIndex = {
  setPoints(points: Pick<Points, 'lngLat' | 'severities'>): void;
  /** Whoever asks before there are cameras is told that there are none. */
  answer(view: View): ClusterAnswer;
};

// A group stands for what lies within 60 px of it; from street level on, each camera stands for itself.
const options = { radius: 60, extent: 512, maxZoom: 15, minPoints: 3 };

export function createClusterIndex(): ClusterIndex {
  let index = makeIndex().load([]);
  return {
    setPoints: ({ lngLat, severities }) => {
      const points = Array.from(severities, (severity, at) => ({
        type: 'Feature' as const,
        geometry: { type: 'Point' as const, coordinates: [lngLat[at * 2] ?? 0, lngLat[at * 2 + 1] ?? 0] },
        properties: { index: at, severity },
      }));
      index = makeIndex().load(points);
    },
    answer: (view) => answerTo(index, view),
  };
}

function makeIndex() {
  return new Supercluster<Properties, Grouped>({
    ...options,
    map: ({ severity }) => ({ severity, worst: severity > 1 ? 1 : 0 }),
    reduce: (sum, { severity, worst }) => {
      // The worst state inside is what a group shows, and how many are as bad as to be named.
      const grouped = sum as { severity: number; worst: number };
      grouped.severity = Math.max(grouped.severity, severity);
      grouped.worst += worst;
    },
  });
}

function answerTo(index: Supercluster<Properties, Grouped>, { bounds, zoom, asked }: View): ClusterAnswer {
  const found = index.getClusters([...bounds], Math.floor(zoom));
  const lngLat = new Float32Array(found.length * 2);
  const columns = { severities: new Uint8Array(found.length), counts: new Uint32Array(found.length), points: new Int32Array(found.length) };
  for (const [at, { geometry, properties }] of found.entries()) {
    const [lng = 0, lat = 0] = geometry.coordinates;
    lngLat.set([lng, lat], at * 2);
    columns.severities[at] = properties.severity;
    columns.counts[at] = 'point_count' in properties ? properties.point_count : 1;
    columns.points[at] = 'index' in properties ? properties.index : -1;
  }
  return { asked, lngLat, ...columns };
}
