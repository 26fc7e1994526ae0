import { spawnSync } from 'node:child_process';
import { expect, test } from 'vitest';
import { createMediaReader } from '../boxes/mediaReader.ts';
import { greyDecoder } from './greyDecoder.ts';
import { keyPictureIn, parameterSetsIn } from './keyPicture.ts';
import { createStillWatch } from './stillWatch.ts';

const decode = greyDecoder('ffmpeg');
const minuteMs = 60_000;
const stillAfterMs = 10 * minuteMs;
const samples = 13;

type Scene = { readonly name: string; readonly draw: string; readonly filter: string; readonly is: 'moving' | 'unmoving' };

// A made-up street: structure, no movement. Each scene is drawn for as many seconds as minutes are tried; one key picture a second.
const street = 'smptehdbars=size=640x360:rate=1';
const clock = (text: string, at: string) => `drawtext=text='${text}':fontsize=18:fontcolor=white:box=1:boxcolor=black:${at}`;

const streaks = "drawtext=text='/ / / / / / / /':fontsize=48:fontcolor=white@0.6:x='mod(97*n,200)-50':y='mod(61*n,300)'";
const walker = "drawtext=text='i':fontsize=30:fontcolor=black:box=1:boxcolor=black:x='40*n':y=150";

/** What a camera may look at for ten minutes, and what is to be called of it. docs/media.md has the same table. */
const corpus: readonly Scene[] = [
  { name: 'noise of a sensor over a street where nothing happens', draw: street, filter: 'noise=alls=10:allf=t', is: 'unmoving' },
  { name: 'infrared at night with noise', draw: street, filter: 'hue=s=0,eq=brightness=-0.4,noise=alls=14:allf=t', is: 'unmoving' },
  { name: 'a small picture whose noise no cell evens out', draw: street, filter: 'noise=alls=60:allf=t', is: 'moving' },
  {
    name: 'fog: little contrast, faint noise',
    draw: street,
    filter: 'eq=contrast=0.08:brightness=0.3,noise=alls=4:allf=t',
    is: 'unmoving',
  },
  { name: 'a burned-in clock over a frozen picture', draw: street, filter: clock('%{pts\\:hms}', 'x=8:y=6'), is: 'unmoving' },
  { name: 'the same clock along the lower border', draw: street, filter: clock('%{pts\\:hms}', 'x=430:y=334'), is: 'unmoving' },
  { name: 'an encoder that repeats one picture', draw: street, filter: 'null', is: 'unmoving' },
  { name: "a media server's slate", draw: 'color=c=0x203040:size=640x360:rate=1', filter: clock('OFFLINE', 'x=270:y=170'), is: 'unmoving' },
  { name: 'a covered lens', draw: 'color=c=black:size=640x360:rate=1', filter: 'noise=alls=6:allf=t', is: 'unmoving' },
  { name: 'a slow pan', draw: street, filter: 'scroll=horizontal=0.004', is: 'moving' },
  { name: 'rain: streaks at other places each time', draw: street, filter: streaks, is: 'moving' },
  { name: 'light that goes to and fro', draw: street, filter: "eq=brightness='0.06*mod(n,2)':eval=frame", is: 'moving' },
  { name: 'dusk: darker by a little each minute', draw: street, filter: "eq=brightness='-0.006*n':eval=frame", is: 'moving' },
  { name: 'one person who stands elsewhere each minute', draw: street, filter: walker, is: 'moving' },
  { name: 'a clock in the middle of the picture', draw: street, filter: clock('%{pts\\:hms}', 'x=280:y=170'), is: 'moving' },
];

function keyUnits({ draw, filter }: Scene): readonly (readonly Uint8Array[])[] {
  const { stdout } = spawnSync(
    'ffmpeg',
    [
      ...['-loglevel', 'error', '-f', 'lavfi', '-i', `${draw}:duration=${samples}`, '-vf', `${filter},format=yuv420p`],
      ...['-c:v', 'libx264', '-preset', 'ultrafast', '-crf', '26', '-g', '1', '-bf', '0', '-f', 'mp4'],
      ...['-movflags', '+frag_keyframe+empty_moov+default_base_moof+skip_trailer', 'pipe:1'],
    ],
    { maxBuffer: 64 * 1024 * 1024 },
  );
  const events = createMediaReader({ startAtS: 0 }).push(stdout);
  const sets = events.flatMap((event) => (event.kind === 'init' ? parameterSetsIn(event.init.bytes) : []));
  return events.flatMap((event) => (event.kind === 'fragment' ? [[...sets, ...(keyPictureIn(event.fragment.bytes)?.units ?? [])]] : []));
}

test.each(corpus)('$name is $is', async (scene) => {
  const units = keyUnits(scene);
  expect(units).toHaveLength(samples);
  const watch = createStillWatch({ stillAfterMs });
  const said = (await decode(units)).map((grey, minute) => (grey === null ? 'undecoded' : watch.take(grey, minute * minuteMs)));
  expect(said).not.toContain('undecoded');
  expect(said.at(-1)).toBe(scene.is === 'unmoving' ? 0 : null);
  expect(said.slice(0, 10).every((since) => since === null)).toBe(true);
});

test('pictures of many sizes and cameras go through one process, in order; one that is broken hides no other', async () => {
  const [small] = keyUnits({ name: '', draw: 'color=c=white:size=352x288:rate=1', filter: 'null', is: 'moving' });
  const [large] = keyUnits({ name: '', draw: 'color=c=black:size=1280x720:rate=1', filter: 'null', is: 'moving' });
  const mean = (grey: Uint8Array | null) => (grey === null ? null : Math.round(grey.reduce((sum, value) => sum + value, 0) / grey.length));
  const bright = (greys: readonly (Uint8Array | null)[]) => greys.map(mean).map((value) => (value === null ? null : value > 128));
  expect(bright(await decode([small!, large!, small!, large!]))).toEqual([true, false, true, false]);
  expect(bright(await decode([small!, [Buffer.from('garbage')], large!]))).toEqual([true, null, false]);
});

test('an ffmpeg that is not there decodes nothing and throws nothing', async () => {
  expect(await greyDecoder('/nowhere/ffmpeg')([[Buffer.from('x')]])).toEqual([null]);
});
