import { describe, expect, it } from 'vitest';
import { type DemoScene, demoScenes } from '#platform/cameras/demo/index.ts';
import { burnedInTexts, ffmpegArguments } from './recipe.ts';

const scene = demoScenes()[0]!;
const args = ffmpegArguments({ scene, outputs: { main: '/loops/a.part', sub: '/loops/b.part' } });

function valuesOf(option: string): (string | undefined)[] {
  return args.flatMap((arg, index) => (arg === option ? [args[index + 1]] : []));
}

describe('the recipe of a loop', () => {
  it('encodes both renditions without B-frames in groups of two seconds', () => {
    expect({
      codec: valuesOf('-c:v'),
      bFrames: valuesOf('-bf'),
      group: valuesOf('-g'),
      sceneCuts: valuesOf('-sc_threshold'),
      open: valuesOf('-x264-params'),
      bitrate: valuesOf('-b:v'),
      start: valuesOf('-movflags'),
    }).toEqual({
      codec: ['libx264', 'libx264'],
      bFrames: ['0', '0'],
      group: ['25', '25'],
      sceneCuts: ['0', '0'],
      open: ['open-gop=0', 'open-gop=0'],
      bitrate: ['1200k', '400k'],
      start: ['+faststart', '+faststart'],
    });
  });

  it('is the same for the same scene', () => {
    expect(ffmpegArguments({ scene, outputs: { main: '/loops/a.part', sub: '/loops/b.part' } })).toEqual(args);
  });

  it('mirrors only what has no driving side', () => {
    const graphOf = (wanted: DemoScene) => ffmpegArguments({ scene: wanted, outputs: { main: 'a', sub: 'b' } }).join(' ');
    const mirrored = demoScenes().filter((candidate) => graphOf(candidate).includes('hflip'));
    expect(mirrored.length).toBeGreaterThan(4);
    expect(mirrored.filter(({ scene: kind }) => ['highway', 'crossroads', 'tunnel', 'bridge', 'busStop'].includes(kind))).toEqual([]);
  });

  it('burns in the number and the name, letter by letter', () => {
    expect(burnedInTexts({ ...scene, number: '0107', name: '沿河路 100% 处' }).name).toBe('0107 沿河路 100\\% 处');
  });

  it('starts the clock at an hour that fits the light', () => {
    const hours = new Map(demoScenes().map(({ light, clockStartS }) => [light, Math.floor(clockStartS / 3600)]));
    expect(hours.get('day')).toBeLessThan(12);
    expect(hours.get('dusk')).toBeGreaterThan(17);
    expect(hours.get('night')).toBeGreaterThan(20);
  });
});
