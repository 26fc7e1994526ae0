import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Browser, Page } from '@playwright/test';
import { afterAll, afterEach, beforeAll, beforeEach } from 'vitest';
import { openStaticPages } from '#main/shell/index.ts';
import { buildMapPage } from '#test/bench/map/build.ts';
import { openTestBrowser } from './wallFeed.ts';

/** A page with the map's engine (`openEngine`, of the benchmark's page), anew for each test of a file. */
export type EnginePage = {
  page(): Page;
  /** Runs a script in the page, with `lookOf` (what an engine shows) and `aliveContexts`; what it returns. */
  run<Reply>(script: string): Promise<Reply>;
};

// What the page does wrong is told; pictures are read, contexts counted.
const watchScript = `
document.addEventListener('securitypolicyviolation', ({ violatedDirective, blockedURI }) => tellViolation(violatedDirective + ' ' + blockedURI));
const make = HTMLCanvasElement.prototype.getContext;
window.contexts = [];
HTMLCanvasElement.prototype.getContext = function (kind, ...more) {
  const context = make.call(this, kind, ...more);
  if (context !== null && kind.startsWith('webgl') && !window.contexts.includes(context)) window.contexts.push(context);
  return context;
};
window.aliveContexts = () => window.contexts.filter((context) => !context.isContextLost()).length;
window.lookOf = (engine) => {
  const canvas = engine.drawNow();
  const copy = new OffscreenCanvas(canvas.width, canvas.height);
  const flat = copy.getContext('2d');
  flat.drawImage(canvas, 0, 0);
  const { data } = flat.getImageData(0, 0, copy.width, copy.height);
  let [drawn, late, lateX, lateY] = [0, 0, 0, 0];
  for (let at = 0; at < data.length; at += 4) {
    if (Math.abs(data[at] - 13) + Math.abs(data[at + 1] - 19) + Math.abs(data[at + 2] - 24) > 12) drawn += 1;
    if (!(data[at] > 190 && data[at + 1] < 110)) continue;
    late += 1;
    lateX += ((at / 4) % copy.width) / copy.width;
    lateY += Math.floor(at / 4 / copy.width) / copy.height;
  }
  return { drawnShare: drawn / (data.length / 4), latePixels: late, lateAt: [lateX / late, lateY / late] };
};
`;

/** To be called once in a file of tests: it opens and closes everything by the file's hooks, and fails a test whose page did wrong. */
export function useEnginePage(): EnginePage {
  let folder: string;
  let server: Server;
  let browser: Browser;
  let page: Page;
  let wrongs: string[];

  const origin = () => `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const run = async <Reply>(script: string): Promise<Reply> => (await page.evaluate(`(async () => { ${script} })()`)) as Reply;

  beforeAll(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'commandwall-engine-'));
    await buildMapPage(folder);
    const pages = openStaticPages({ folder, packShelf: path.join(folder, 'none'), connect: [] });
    server = createServer((request, response) => {
      void pages.answer(new URL(request.url ?? '/', 'http://window').pathname).then(({ status, headers, body }) => {
        response.writeHead(status, headers).end(body);
      });
    });
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    browser = await openTestBrowser();
  });
  afterAll(async () => {
    await browser.close();
    server.closeAllConnections();
    server.close();
    await rm(folder, { recursive: true, force: true });
  });

  beforeEach(async () => {
    wrongs = [];
    page = await browser.newPage({ viewport: { width: 640, height: 360 } });
    page.on('pageerror', (error) => wrongs.push(error.message));
    page.on('request', (request) => {
      const isOwn = request.url().startsWith(origin()) || request.url().startsWith('blob:') || request.url().startsWith('data:');
      if (!isOwn) wrongs.push(`asked ${request.url()}`);
    });
    await page.exposeFunction('tellViolation', (text: string) => wrongs.push(text));
    await page.addInitScript(watchScript);
    await page.goto(`${origin()}/page.html`);
    await page.waitForFunction(() => 'openEngine' in globalThis);
  });
  afterEach(async () => {
    await page.close();
    if (wrongs.length > 0) throw new Error(`the page did wrong: ${wrongs.join('; ')}`);
  });

  return { page: () => page, run };
}
