import { expect, test } from 'vitest';
import type { Camera } from '#contract/cameras/index.ts';
import type { CameraId } from '#contract/values/index.ts';
import { createMemoryStore } from '../record/index.ts';
import { openSources } from './sources.ts';

const [demo, imported, silent] = ['demo', 'imported', 'silent'] as CameraId[];
const cameras = new Map([
  [demo, { id: demo, streams: ['main', 'sub'] }],
  [imported, { id: imported, streams: ['main'] }],
  [silent, { id: silent, streams: [] }],
]);
const row = { cameraId: imported as CameraId, quality: 'main', url: 'rtsp://u:p@10.0.0.9/a', transport: 'udp' } as const;

async function open() {
  return await openSources({
    store: createMemoryStore({ epoch: 'e1' }),
    camera: (id) => (cameras.get(id) as Camera | undefined) ?? null,
    demoLoops: { loopOf: ({ id }, quality) => `/loops/${id}-${quality}.mp4`, isDrawn: () => true },
  });
}

test('a demo camera plays its loop, an imported one its address, and both only what the directory says they have', async () => {
  const sources = await open();
  sources.apply({ sources: [row], sourcesOf: [row.cameraId] });
  const asked = [
    [demo, 'sub'],
    [imported, 'main'],
    [imported, 'sub'],
    [silent, 'main'],
    ['nowhere', 'main'],
  ] as const;
  expect(asked.map(([id, quality]) => sources.sourceOf(id as CameraId, quality))).toEqual([
    { kind: 'demo', loop: '/loops/demo-sub.mp4' },
    { kind: 'rtsp', url: row.url, transport: 'udp' },
    null,
    null,
    null,
  ]);
});

test("an import replaces a camera's sources as a whole", async () => {
  const sources = await open();
  sources.apply({ sources: [row, { ...row, quality: 'sub' }], sourcesOf: [row.cameraId] });
  sources.apply({ sources: [{ ...row, url: 'rtsp://10.0.0.10/a' }], sourcesOf: [row.cameraId] });
  expect(sources.rowsOf(row.cameraId)).toEqual([{ ...row, url: 'rtsp://10.0.0.10/a' }]);
});
