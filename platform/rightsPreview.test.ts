import { expect, test } from 'vitest';
import type { Camera } from '#contract/cameras/index.ts';
import type { CountyId, RegionId } from '#contract/values/index.ts';
import type { Directory } from './directory/index.ts';
import { createRightsPreview } from './rightsPreview.ts';

const town = 'east' as RegionId;
const camera = (id: string, cameraClass: Camera['cameraClass']) => ({ id, regionId: town, cameraClass }) as Camera;
const cameras = [camera('street', 'ordinary'), camera('gate', 'school')];

const directory = {
  rows: () => cameras,
  regionPath: () => [town],
  page: () => ({ rows: cameras }),
} as unknown as Directory;

test('a camera that nothing can unmask is counted as seen, not as one that can be opened', () => {
  const preview = createRightsPreview({
    directory,
    territories: () => ({ countyId: 'anlan' as CountyId, countyRegion: null, levelOf: () => 'town', regionPath: () => [town] }),
  });
  expect(preview({ roles: ['centerTown'], territory: [town] })).toMatchObject({ cameras: 2, openableCameras: 1 });
});
