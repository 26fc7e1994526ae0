import { once } from 'node:events';
import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { z } from 'zod';

/** What one window tells about itself a while after it was drawn. */
const Report = z.object({
  page: z.string(),
  /** Every violation of the policy, as `directive blocked-address`. */
  violations: z.array(z.string()),
  elements: z.int(),
});
export type WindowReport = z.infer<typeof Report>;

/** The built windows with one more script of ours in each, which counts `securitypolicyviolation` and reports. */
export type WatchedPages = {
  readonly folder: string;
  /** Where the windows report to; must be allowed as a media address. */
  readonly reportUrl: string;
  /** Resolves with one report of each page named. */
  reportsOf(pages: readonly string[]): Promise<readonly WindowReport[]>;
  close(): Promise<void>;
};

/** Copies `builtFolder` (dist/renderer). The script comes first in each page, before anything could be blocked unseen. */
export async function openWatchedPages({ builtFolder }: { builtFolder: string }): Promise<WatchedPages> {
  const reports = new Map<string, WindowReport>();
  const listeners = new Set<() => void>();
  const server = createServer((request, response) => {
    let text = '';
    request.setEncoding('utf8').on('data', (chunk: string) => (text += chunk));
    request.on('end', () => {
      response.end();
      const report = Report.parse(JSON.parse(text));
      reports.set(report.page, report);
      for (const listener of listeners) listener();
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const reportUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const folder = await mkdtemp(path.join(tmpdir(), 'commandwall-watched-'));
  await cp(builtFolder, folder, { recursive: true });
  await writeFile(path.join(folder, 'watch.js'), watchScript(reportUrl));
  for (const page of ['console.html', 'wall.html']) {
    const html = await readFile(path.join(folder, page), 'utf8');
    await writeFile(path.join(folder, page), html.replace('<head>', '<head><script src="/watch.js"></script>'));
  }
  return {
    folder,
    reportUrl,
    reportsOf: (pages) =>
      new Promise((resolve) => {
        const look = () => {
          const found = pages.flatMap((page) => reports.get(page) ?? []);
          if (found.length === pages.length) resolve(found);
        };
        listeners.add(look);
        look();
      }),
    close: async () => {
      server.closeAllConnections();
      server.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** Reports once a window has drawn itself and then lived for some seconds: pictures open, fonts load, clocks tick. */
const watchScript = (reportUrl: string) => `
const violations = [];
addEventListener('securitypolicyviolation', (event) => violations.push(event.effectiveDirective + ' ' + event.blockedURI));
const report = () => fetch(${JSON.stringify(reportUrl)}, { method: 'POST', mode: 'no-cors', body: JSON.stringify({
  page: location.pathname.slice(1), violations, elements: document.querySelectorAll('#root *').length,
}) });
const watch = setInterval(() => {
  if (document.querySelectorAll('#root *').length < 10) return;
  clearInterval(watch);
  setTimeout(report, 6000);
}, 200);
`;
