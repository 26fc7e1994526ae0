import { z } from 'zod';
import type { Timers } from '#contract/values/index.ts';
import { type BrowserUser, openBrowserHome } from './browserUser.ts';
import type { CdpConnection, CdpSession } from './cdp.ts';
import { type BrowserStart, type RunningBrowser, startBrowser } from './chromium.ts';
import type { KioskLog } from './log.ts';

/** The one browser of the room: started when the first window is opened, again after it died. */
export type Browser = {
  /** A new window with an empty page, somewhere on these bounds. Rejects when the browser cannot be started. */
  openPage(bounds: Bounds): Promise<BrowserPage>;
  /** A new window without tabs and address bar that shows this address, which must be its own and hold no secret. */
  openAppPage(url: string): Promise<BrowserPage>;
  close(): Promise<void>;
};

export type Bounds = { readonly left: number; readonly top: number; readonly width: number; readonly height: number };

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
  const current = () => {
    if (isClosed) return Promise.reject(new Error('the kiosk is closed'));
    running ??= start({ options, onEnded: () => (running = undefined) });
    return running;
  };
  return {
    async openPage(bounds) {
      const { connection } = await current();
      const params = { url: 'about:blank', newWindow: true, ...bounds };
      const { targetId } = await connection.ask('Target.createTarget', { params, reply: CreatedTarget });
      return attach({ connection, targetId });
    },
    async openAppPage(url) {
      const { connection, openAppWindow } = await current();
      using seen = new DisposableStack();
      const created = new Promise<string>((resolve, reject) => {
        const take = (params: unknown) => {
          const { targetInfo } = SeenTarget.parse(params);
          if (targetInfo.type === 'page' && targetInfo.url === url) resolve(targetInfo.targetId);
        };
        seen.defer(connection.onEvent('Target.targetCreated', take));
        seen.defer(connection.onEvent('Target.targetInfoChanged', take));
        seen.defer(connection.onClosed(() => reject(new Error('the browser ended while it opened a window'))));
        seen.defer(options.timers.afterMs(appPagePatienceMs, () => reject(new Error('the browser opened no window'))));
      });
      const [targetId] = await Promise.all([created, openAppWindow(url)]);
      return attach({ connection, targetId });
    },
    async close() {
      isClosed = true;
      await (await running?.catch(() => undefined))?.close();
    },
  };
}

async function attach({ connection, targetId }: { connection: CdpConnection; targetId: string }): Promise<BrowserPage> {
  const { sessionId } = await connection.ask('Target.attachToTarget', { params: { targetId, flatten: true }, reply: AttachedSession });
  return { targetId, connection, session: connection.session(sessionId), forget: () => connection.forgetSession(sessionId) };
}

/** Each start gets a fresh home: what an earlier browser may have left behind is gone with it. */
async function start({ options, onEnded }: { options: BrowserOptions; onEnded: () => void }): Promise<RunningBrowser> {
  const { log, user, env } = options;
  let home: Awaited<ReturnType<typeof openBrowserHome>> | undefined;
  try {
    home = await openBrowserHome({ user, env });
    const browser = await startBrowser({ ...options, home });
    await browser.connection.tell('Target.setDiscoverTargets', { discover: true });
    const { pid } = browser;
    log.info({ pid, user, sandbox: options.sandbox }, 'the browser runs');
    const { remove } = home;
    const closeAll = async () => {
      await browser.close();
      await remove();
    };
    browser.connection.onClosed(() => {
      log.warn({ pid }, 'the browser ended');
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
