import type { X509Certificate } from 'node:crypto';
import { z } from 'zod';
import type { Timers } from '#contract/values/index.ts';
import { type BrowserUser, openBrowserHome } from './browserUser.ts';
import type { CdpConnection, CdpSession } from './cdp.ts';
import { type BrowserStart, type RunningBrowser, startBrowser } from './chromium.ts';
import type { KioskLog } from './log.ts';

/** The one browser of the room: started when the first window is opened, again after it died. */
export type Browser = {
  /**
   * A new window that shows this address, which must be its own and hold no secret. Rejects when the browser cannot be started. The window has
   * neither tabs nor address bar, which also spares the 230 MB that Chromium 156 spends on drawing them.
   */
  openPage(url: string): Promise<BrowserPage>;
  /**
   * Whom the browser believes besides the system's authorities. One that runs and believed otherwise is ended, with all its windows: what it has
   * once decided about a certificate it remembers.
   */
  trust(authority: X509Certificate | null): Promise<void>;
  close(): Promise<void>;
};

/** One page in a window of its own. */
export type BrowserPage = {
  readonly targetId: string;
  readonly connection: CdpConnection;
  readonly session: CdpSession;
  /** Forgets the page's listeners. */
  forget(): void;
};

export type BrowserOptions = {
  readonly executable: string;
  readonly user: BrowserUser;
  readonly env: NodeJS.ProcessEnv;
  readonly sandbox: BrowserStart['sandbox'];
  readonly timers: Timers;
  readonly log: KioskLog;
};

const SeenTarget = z.object({ targetInfo: z.object({ type: z.string(), url: z.string(), targetId: z.string() }) });
const CreatedTarget = z.object({ targetId: z.string() });
const AttachedSession = z.object({ sessionId: z.string() });

/** Longer than a loaded desk takes to open a window. */
const appPagePatienceMs = 15_000;

export function createBrowser(options: BrowserOptions): Browser {
  let running: Promise<RunningBrowser> | undefined;
  let isClosed = false;
  let authority: X509Certificate | null = null;
  const current = () => {
    if (isClosed) return Promise.reject(new Error('the kiosk is closed'));
    running ??= start({ options, authority, onEnded: () => (running = undefined) });
    return running;
  };
  return {
    async openPage(url) {
      const browser = await current();
      const targetId = await openAppTarget({ browser, url, timers: options.timers }).catch((error: unknown) => {
        // Some descendants of Chromium may not hand windows on: a window with tabs, full-screen, still makes a wall.
        options.log.warn({ error: String(error) }, 'the browser opens no bare windows, so they have an address bar');
        return openTabTarget({ browser, url });
      });
      return attach({ browser, targetId });
    },
    async trust(next) {
      if (next?.fingerprint256 === authority?.fingerprint256) return;
      authority = next;
      await (await running?.catch(() => undefined))?.close();
    },
    async close() {
      isClosed = true;
      await (await running?.catch(() => undefined))?.close();
    },
  };
}

async function openAppTarget({ browser, url, timers }: { browser: RunningBrowser; url: string; timers: Timers }): Promise<string> {
  const { connection, openAppWindow } = browser;
  using seen = new DisposableStack();
  const created = new Promise<string>((resolve, reject) => {
    const take = (params: unknown) => {
      const { targetInfo } = SeenTarget.parse(params);
      if (targetInfo.type === 'page' && targetInfo.url === url) resolve(targetInfo.targetId);
    };
    seen.defer(connection.onEvent('Target.targetCreated', take));
    seen.defer(connection.onEvent('Target.targetInfoChanged', take));
    seen.defer(connection.onClosed(() => reject(new Error('the browser ended while it opened a window'))));
    seen.defer(timers.afterMs(appPagePatienceMs, () => reject(new Error('the browser opened no window'))));
  });
  const [targetId] = await Promise.all([created, openAppWindow(url)]);
  return targetId;
}

async function openTabTarget({ browser, url }: { browser: RunningBrowser; url: string }): Promise<string> {
  const params = { url, newWindow: true };
  return (await browser.connection.ask('Target.createTarget', { params, reply: CreatedTarget })).targetId;
}

async function attach({ browser, targetId }: { browser: RunningBrowser; targetId: string }): Promise<BrowserPage> {
  const { connection } = browser;
  const { sessionId } = await connection.ask('Target.attachToTarget', { params: { targetId, flatten: true }, reply: AttachedSession });
  return { targetId, connection, session: connection.session(sessionId), forget: () => connection.forgetSession(sessionId) };
}

type Start = { options: BrowserOptions; authority: X509Certificate | null; onEnded: () => void };

/** Each start gets a fresh home: what an earlier browser may have left behind is gone with it. */
async function start({ options, authority, onEnded }: Start): Promise<RunningBrowser> {
  const { log, user, env } = options;
  let home: Awaited<ReturnType<typeof openBrowserHome>> | undefined;
  try {
    home = await openBrowserHome({ user, env, believes: authority });
    const browser = await startBrowser({ ...options, home });
    await browser.connection.tell('Target.setDiscoverTargets', { discover: true });
    const { pid: browserPid } = browser;
    log.info({ browserPid, user, sandbox: options.sandbox }, 'the browser runs');
    const { remove } = home;
    const closeAll = async () => {
      await browser.close();
      await remove();
    };
    browser.connection.onClosed(() => {
      log.info({ browserPid }, 'the browser ended');
      onEnded();
      void closeAll().catch((error: unknown) => log.warn({ error: String(error) }, "the browser's folder could not be removed"));
    });
    return { ...browser, close: closeAll };
  } catch (error) {
    onEnded();
    await home?.remove();
    throw error;
  }
}
