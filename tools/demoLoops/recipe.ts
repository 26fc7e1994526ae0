import type { StreamQuality } from '#contract/cameras/index.ts';
import type { DemoScene } from '#platform/cameras/demo/index.ts';
import { pictureSize } from './drawing/index.ts';

/** How one rendition of a loop is encoded. */
export type Rendition = {
  readonly quality: StreamQuality;
  readonly width: number;
  readonly height: number;
  readonly framesPerSecond: number;
  readonly bitrateKbps: number;
  readonly fontSize: number;
};

/**
 * Both renditions. A group of pictures lasts 2 s in each, as cameras are commonly set. 12.5 pictures a second, because a wall without a
 * GPU decodes dozens of these at once, and because 64 loops have to be drawn before the first start.
 */
export const renditions: Readonly<Record<StreamQuality, Rendition>> = {
  main: { quality: 'main', ...pictureSize, framesPerSecond: 12.5, bitrateKbps: 1200, fontSize: 30 },
  sub: { quality: 'sub', width: 640, height: 360, framesPerSecond: 12.5, bitrateKbps: 400, fontSize: 19 },
};

/** Pictures that are drawn per second. */
export const drawnPerSecond = renditions.main.framesPerSecond;

const secondsPerGroup = 2;

/** Names of the text files, relative to the folder that ffmpeg runs in: text in files needs no escaping. */
export const textFiles = { clock: 'clock.txt', name: 'name.txt' } as const;

/**
 * The burned-in texts as ffmpeg's drawtext expands them: time of day with tenths, counted from the scene's start; number and name.
 * A percent sign or backslash in a name would be an expansion, hence the escape.
 */
export function burnedInTexts(scene: DemoScene): { clock: string; name: string } {
  const start = scene.clockStartS;
  // Tenths are rounded a little up: 0.56 s is 0.5599 in a time base of 2/25.
  const tenths = `floor(t*10+0.05+${start * 10})`;
  const part = (expression: string, digits: number) => `%{eif:${expression}:d:${digits}}`;
  const clock = [
    part(`floor(${tenths}/36000)`, 2),
    ':',
    part(`mod(floor(${tenths}/600),60)`, 2),
    ':',
    part(`mod(floor(${tenths}/10),60)`, 2),
    '.',
    part(`mod(${tenths},10)`, 1),
  ].join('');
  return { clock, name: `${scene.number} ${scene.name}`.replaceAll(/[\\%]/g, '\\$&') };
}

/** Arguments for ffmpeg: raw pictures in on its standard input, both renditions out. */
export function ffmpegArguments({ scene, outputs }: { scene: DemoScene; outputs: Readonly<Record<StreamQuality, string>> }): string[] {
  return [
    ...['-hide_banner', '-loglevel', 'error', '-y'],
    ...['-f', 'rawvideo', '-pixel_format', 'rgb24', '-video_size', `${pictureSize.width}x${pictureSize.height}`],
    ...['-framerate', String(drawnPerSecond), '-i', 'pipe:0'],
    ...['-filter_complex', filterGraph(scene)],
    ...encoding(renditions.main, outputs.main),
    ...encoding(renditions.sub, outputs.sub),
  ];
}

function filterGraph(scene: DemoScene): string {
  const shared = [
    ...(scene.isMirrored ? ['hflip'] : []),
    'scale=out_color_matrix=bt709:out_range=tv',
    'format=yuv420p',
    // The sensor's noise, on brightness only: no two pictures are the same, not even of an empty square.
    `noise=c0_seed=${scene.seed}:c0_strength=4:c0_flags=t+u`,
    'split=2',
  ].join(',');
  const { main, sub } = renditions;
  return [
    `[0:v]${shared}[large][small]`,
    `[large]${texts(main)}[main]`,
    `[small]scale=${sub.width}:${sub.height}:flags=area,${texts(sub)}[sub]`,
  ].join(';');
}

function texts({ fontSize }: Rendition): string {
  const margin = Math.round(fontSize * 0.9);
  // drawtext puts a text's highest glyph at y; digits and hanzi differ, so both are hung from one base line.
  const y = `${Math.round(fontSize * 1.75)}-ascent`;
  const style = `font='Noto Sans CJK SC':fontsize=${fontSize}:fontcolor=white@0.94:borderw=${fontSize > 24 ? 2 : 1}:bordercolor=black@0.62`;
  return [
    `drawtext=textfile=${textFiles.clock}:${style}:x=${margin}:y=${y}`,
    `drawtext=textfile=${textFiles.name}:${style}:x=w-text_w-${margin}:y=${y}`,
  ].join(',');
}

function encoding({ quality, framesPerSecond, bitrateKbps }: Rendition, file: string): string[] {
  const group = String(framesPerSecond * secondsPerGroup);
  return [
    ...['-map', `[${quality}]`, '-c:v', 'libx264', '-preset', 'veryfast', '-profile:v', 'high', '-bf', '0'],
    ...['-g', group, '-keyint_min', group, '-sc_threshold', '0', '-x264-params', 'open-gop=0'],
    ...['-b:v', `${bitrateKbps}k`, '-maxrate', `${Math.round(bitrateKbps * 1.25)}k`, '-bufsize', `${bitrateKbps * 2}k`],
    ...['-colorspace', 'bt709', '-color_primaries', 'bt709', '-color_trc', 'bt709', '-color_range', 'tv'],
    ...['-movflags', '+faststart', '-f', 'mp4', file],
  ];
}
