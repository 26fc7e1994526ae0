import { X509Certificate } from 'node:crypto';
import { copyFile, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { WindowId } from '#contract/values/index.ts';
import { writeBridgePages } from '#test/builders/bridgePages.ts';
import { createHandCertificate, daysAwayMs, makeTestAuthority, type TestAuthority } from '#test/builders/encryption.ts';
import { openTestKiosk, type TestKiosk } from '#test/builders/openTestKiosk.ts';
import { firstChannel } from '#test/conformance/shell.ts';
import { loopClip } from '#test/fakes/ffmpegTool.ts';
import { type GatewayRoom, openGatewayRoom } from '#test/fakes/gatewayRoom.ts';

/** More than the six connections that Chromium opens to a host over HTTP/1.1. */
const tiles = 9;
const root = path.resolve(import.meta.dirname, '../..');

let authority: TestAuthority;
let certificate: ReturnType<typeof createHandCertificate>;
let clip: Awaited<ReturnType<typeof loopClip>>;
let pages: Awaited<ReturnType<typeof writeBridgePages>>;
let gateway: GatewayRoom;
let kiosk: TestKiosk;
const opened: { close(): Promise<void> }[] = [];
beforeAll(async () => {
  [clip, authority, pages] = [await loopClip(), await makeTestAuthority(), await writeBridgePages()];
  await teachToPlay(pages.folder);
  certificate = createHandCertificate(await authority.sign());
  gateway = await openGatewayRoom({ sources: () => ({ kind: 'demo', loop: clip.path }), certificate });
  kiosk = await openTestKiosk({ pagesFolder: pages.folder, platformUrl: gateway.httpUrl, displays: [{ connector: 'DUMMY0', x: 0, y: 0 }] });
});
afterEach(async () => {
  for (const window of opened.splice(0)) await window.close();
});
afterAll(async () => {
  await kiosk.close();
  await gateway.close();
  await pages.remove();
  await clip.remove();
});

/** Gives the small test window the player of HLS streams that the real ones have, as its documentation suggests it for low latency. */
async function teachToPlay(folder: string): Promise<void> {
  await copyFile(path.join(root, 'node_modules/hls.js/dist/hls.light.min.js'), path.join(folder, 'hls.js'));
  const wall = path.join(folder, 'wall.html');
  const html = await readFile(wall, 'utf8');
  await writeFile(wall, html.replace('<script type="module"', '<script src="/hls.js"></script><script type="module"'));
  const script = path.join(folder, 'page.js');
  const text = await readFile(script, 'utf8');
  const command =
    "if (text.startsWith('play ')) return void playAll(JSON.parse(text.slice(5))).then(post, (error) => post(String(error)));\n";
  await writeFile(script, text.replace("if (text === 'spin')", `${command}    if (text === 'spin')`) + playScript);
}

/** Plays each stream until it has shown fifty pictures; answers how many did, and over which protocol they were fetched. */
const playScript = `
const playAll = async (streams) => {
  await Promise.all(streams.map(({ url, token }) => new Promise((resolve) => {
    const video = document.body.appendChild(document.createElement('video'));
    video.muted = true;
    const hls = new Hls({ lowLatencyMode: true, enableWorker: false, xhrSetup: (xhr) => xhr.setRequestHeader('Authorization', 'Bearer ' + token) });
    hls.loadSource(url);
    hls.attachMedia(video);
    let pictures = 0;
    const count = () => { pictures += 1; if (pictures < 50) video.requestVideoFrameCallback(count); else resolve(); };
    video.requestVideoFrameCallback(count);
    video.play();
  })));
  const fetched = performance.getEntriesByType('resource').filter(({ name }) => name.includes('/media/hls/'));
  const waits = fetched.filter(({ name }) => name.includes('_HLS_msn'));
  return JSON.stringify({ playing: streams.length, waited: waits.length > streams.length, violations: window.violations });
};`;

async function openWall() {
  const [display] = await kiosk.shell.displays.list();
  if (display === undefined) throw new Error('no display');
  const windowId = WindowId.parse(`wall-${opened.length + 1}-${Date.now()}`);
  const identity = { kind: 'wall', windowId, displayKey: display.displayKey } as const;
  const window = await kiosk.shell.windows.open({ identity, display, mode: 'fullScreen', language: 'zh' });
  opened.push(window);
  const channel = await firstChannel(window);
  const frames: string[] = [];
  let heard = () => {};
  channel.onFrame((frame) => {
    frames.push(frame);
    heard();
  });
  return {
    /** Asks the page and waits for the answer that fits. */
    ask: async (command: string, fits: (frame: string) => boolean) => {
      channel.send(command);
      for (;;) {
        const answer = frames.find(fits);
        if (answer !== undefined) return answer;
        await new Promise<void>((resolve) => (heard = resolve));
      }
    },
  };
}

const isAnswer = (frame: string) => !frame.startsWith('ready');
const reach = async () => (await openWall()).ask(`fetch ${gateway.httpUrl}/media/hls/al-0001/sub/index.m3u8`, isAnswer);

test('the kiosk’s windows believe the platform by the desk’s authority alone, and no certificate of it that is not good', async () => {
  expect(await reach()).toContain('Failed to fetch');
  await kiosk.shell.trustPlatform(new X509Certificate(authority.certificate));
  // 401 without a token, but it was reached: the page reads an empty body.
  expect(await reach()).toBe('');
  const good = certificate.current();
  for (const bad of [
    await authority.sign({ atMs: daysAwayMs(-200) }),
    await authority.sign({ names: ['other.county'] }),
    await (await makeTestAuthority({ name: 'other' })).sign(),
  ]) {
    certificate.show(bad);
    await kiosk.shell.trustPlatform(null);
    await kiosk.shell.trustPlatform(new X509Certificate(authority.certificate));
    expect(await reach()).toContain('Failed to fetch');
  }
  certificate.show(good);
});

test('a window of the kiosk plays more than six low-latency streams at once over encryption, each waiting for its next part', async () => {
  await kiosk.shell.trustPlatform(new X509Certificate(authority.certificate));
  const wall = await openWall();
  const streams = Array.from({ length: tiles }, (_, index) => {
    const camera = `al-000${index + 1}`;
    return { url: `${gateway.httpUrl}/media/hls/${camera}/sub/live.m3u8`, token: gateway.grants.give({ camera, window: 'wall-1' }) };
  });
  const answer = await wall.ask(`play ${JSON.stringify(streams)}`, (frame) => frame.startsWith('{') || frame.includes('Error'));
  expect(JSON.parse(answer)).toEqual({ playing: tiles, waited: true, violations: 0 });
});
