import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { demoLoopPath, demoSceneKinds, demoScenes } from './index.ts';

describe('the demo scenes', () => {
  it('are 64, the same each time, each camera once', () => {
    expect(demoScenes()).toEqual(demoScenes());
    expect(new Set(demoScenes().map(({ cameraId }) => cameraId)).size).toBe(64);
    expect(new Set(demoScenes().map(({ seed }) => seed)).size).toBe(64);
  });

  it('show every kind of scene, never twice in the same light', () => {
    expect(new Set(demoScenes().map(({ scene }) => scene))).toEqual(new Set(demoSceneKinds));
    expect(new Set(demoScenes().map(({ scene, light }) => `${scene} ${light}`)).size).toBe(64);
  });

  it('last whole groups of pictures, 16 to 20 s', () => {
    expect(demoScenes().filter(({ periodS }) => periodS % 2 !== 0 || periodS < 16 || periodS > 20)).toEqual([]);
  });

  it('keep to the day: no clock passes midnight within a loop', () => {
    expect(demoScenes().filter(({ clockStartS, periodS }) => clockStartS + periodS >= 24 * 3600)).toEqual([]);
  });
});

describe('the path of a loop', () => {
  it('names camera and quality below the cache folder', () => {
    const cacheDir = path.join('cache', 'loops');
    expect(demoLoopPath({ cacheDir, cameraId: 'cam-0107', quality: 'sub' })).toBe(path.join(cacheDir, 'cam-0107-sub.mp4'));
  });
});
