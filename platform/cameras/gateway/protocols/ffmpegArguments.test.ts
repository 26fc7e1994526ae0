import { pino } from 'pino';
import { afterEach, expect, test } from 'vitest';
import { CameraId } from '#contract/values/index.ts';
import type { CameraSource } from '#platform/cameras/ports.ts';
import { privateNetworks } from '../checkSourceUrl.ts';
import { createHandTimers } from '../testing/handTimers.ts';
import { ffmpegArguments } from '../renditions/index.ts';
import { createInputs, type Inputs } from './index.ts';

const open: Inputs[] = [];
afterEach(async () => {
  for (const inputs of open.splice(0)) await inputs.close();
});

const testPorts = () => ({
  ...createHandTimers(),
  ...{ trust: { authorities: [] }, rtmpAt: null, sources: { sourceOf: () => null }, log: pino({ level: 'silent' }) },
});

async function openingOf(source: CameraSource) {
  const inputs = createInputs({ networks: privateNetworks, ...testPorts() });
  open.push(inputs);
  return inputs.open({ source, cameraId: CameraId.parse('al-0001'), quality: 'main', study: 'quick', transport: 'asked' });
}
async function textOf(source: CameraSource): Promise<string> {
  const opened = await openingOf(source);
  return opened.ok === true ? ffmpegArguments(opened.value.arguments, { kind: 'copied' }).join(' ') : '';
}

test('a demo loop is played in real time, for ever, and only as a file', async () => {
  expect(await textOf({ kind: 'demo', loop: '/data/loops/concat:x|y.mp4' })).toContain(
    '-protocol_whitelist file -re -stream_loop -1 -i file:/data/loops/concat:x|y.mp4 -map 0:v:0 -an -c:v copy',
  );
  expect(await openingOf({ kind: 'demo', loop: 'loops/a.mp4' })).toEqual({ ok: false, refusal: { code: 'cameras.loopNotAbsolute' } });
});

test("a camera's address, name and password are in no argument: ffmpeg is told a path on this machine, another one each time", async () => {
  const url = 'rtsp://admin:geheim-42@10.0.0.1/live?channel=1';
  const texts = [await textOf({ kind: 'rtsp', url, transport: 'udp' }), await textOf({ kind: 'rtsp', url, transport: 'udp' })];
  for (const text of texts) {
    expect(text).toMatch(/-rtsp_transport udp .*-i rtsp:\/\/127\.0\.0\.1:\d+\/[\w-]{24} /);
    expect(text).not.toMatch(/geheim|admin|10\.0\.0\.1/);
  }
  expect(texts[0]).not.toBe(texts[1]);
});

test('pictures of a camera that is spoken to in secret do not come in the open', async () => {
  expect(await textOf({ kind: 'rtsp', url: 'rtsps://10.0.0.1/live', transport: 'udp' })).toContain('-rtsp_transport tcp');
});

test('a bad address opens nothing', async () => {
  expect(await openingOf({ kind: 'rtsp', url: 'file:///etc/passwd', transport: 'tcp' })).toEqual({
    ok: false,
    refusal: { code: 'cameras.urlScheme' },
  });
});

test('nothing is ever transcoded or written to a disk', async () => {
  const text = await textOf({ kind: 'rtsp', url: 'rtsp://10.0.0.1/live', transport: 'tcp' });
  expect(text).toContain('-c:v copy');
  expect(text.endsWith('pipe:1')).toBe(true);
});
