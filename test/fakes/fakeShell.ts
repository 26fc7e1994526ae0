import type { PresentDisplay } from '#contract/bridge/index.ts';
import {
  type Channel,
  createAnnouncer,
  createEnding,
  type OpenedWindow,
  type OpenWindow,
  type Secrets,
  type Shell,
  type WindowGoneReason,
} from '#main/shell/index.ts';

/** What runs in a fake window each time its page is loaded; it gets the page's end of the channel. */
export type FakePage = (line: FakePageLine, request: OpenWindow) => void;

/** A page's end of its channel: it also hears bytes. */
export type FakePageLine = Channel & { onBytes(listener: (bytes: Uint8Array) => void): () => void };

/** A window as the fake opened it, with what a test may do to it. */
export type FakeWindow = {
  readonly request: OpenWindow;
  /** Displays it was put on, in order; null = wherever the shell likes. */
  readonly places: readonly (PresentDisplay | null)[];
  /** Lines of the plain page, while it shows one. */
  plainPage(): readonly string[] | null;
  /** Times the page was loaded. */
  loads(): number;
  /** Times it was brought in front of other windows. */
  broughtToFront(): number;
  /** Bytes that the window is said not to have drained. */
  setUndrained(bytes: number): void;
  die(reason: WindowGoneReason): void;
};

/** The shell port without any windows on any screen. */
export type FakeShell = {
  readonly shell: Shell;
  /** Windows that are open now, in the order of opening. */
  open(): readonly FakeWindow[];
  /** Windows opened so far, also those that are gone. */
  openedCount(): number;
  /** Replaces the displays and tells it. */
  setDisplays(displays: readonly PresentDisplay[]): void;
  /** From now on windows cannot be opened (or can again). */
  setOpening(state: 'works' | 'fails'): void;
  isKeptAwake(): boolean;
  /** Fingerprint of the authority that windows believe for the platform. */
  trusted(): string | null;
};

/** Opens it. `secrets` may be shared with a later shell, as a disk would be. */
export function createFakeShell(options: {
  displays: readonly PresentDisplay[];
  page: FakePage;
  secrets?: Secrets;
  name?: Shell['name'];
}): FakeShell {
  let { displays } = options;
  let opening: 'works' | 'fails' = 'works';
  let openedCount = 0;
  let awake = 0;
  let trusted: string | null = null;
  const hints = createAnnouncer<void>();
  const windows = new Set<FakeWindow>();
  return {
    shell: {
      name: options.name ?? 'kiosk',
      displays: { list: async () => displays, onChange: (listener) => hints.listen(() => listener()) },
      windows: {
        open: async (request) => {
          if (opening === 'fails') throw new Error('the fake shell opens no windows');
          openedCount += 1;
          const { fake, window } = openFakeWindow({ request, page: options.page, onGone: (gone) => windows.delete(gone) });
          windows.add(fake);
          return window;
        },
      },
      secrets: options.secrets ?? createMemorySecrets(),
      power: {
        keepDisplaysAwake: () => {
          awake += 1;
          return () => {
            awake -= 1;
          };
        },
      },
      trustPlatform: async (authority) => {
        trusted = authority?.fingerprint256 ?? null;
      },
      warnings: [],
    },
    trusted: () => trusted,
    open: () => [...windows],
    openedCount: () => openedCount,
    setDisplays: (next) => {
      displays = next;
      hints.tell();
    },
    setOpening: (state) => {
      opening = state;
    },
    isKeptAwake: () => awake > 0,
  };
}

/** Secrets that end with the test. */
export function createMemorySecrets(): Secrets {
  const kept = new Map<string, string>();
  return {
    isPersistent: true,
    read: async (name) => kept.get(name) ?? null,
    write: async (name, value) => void kept.set(name, value),
  };
}

function openFakeWindow({ request, page, onGone }: { request: OpenWindow; page: FakePage; onGone: (fake: FakeWindow) => void }) {
  const channels = createAnnouncer<Channel>();
  const goings = createEnding<WindowGoneReason>();
  const places: (PresentDisplay | null)[] = [request.display];
  let line: ChannelPair | null = null;
  let plainPage: readonly string[] | null = null;
  let loads = 0;
  let fronts = 0;
  let isGone = false;

  function load(): void {
    line?.end();
    plainPage = null;
    loads += 1;
    line = createChannelPair();
    page(line.page, request);
    channels.tell(line.main);
  }

  function die(reason: WindowGoneReason): void {
    if (isGone) return;
    isGone = true;
    line?.end();
    onGone(fake);
    goings.tell(reason);
  }

  const fake: FakeWindow = {
    request,
    places,
    plainPage: () => plainPage,
    loads: () => loads,
    broughtToFront: () => fronts,
    setUndrained: (bytes) => line?.setUndrained(bytes),
    die,
  };
  const window: OpenedWindow = {
    windowId: request.identity.windowId,
    onChannel: channels.listen,
    onGone: goings.listen,
    placeOn: async (display) => void places.push(display),
    bringToFront: async () => {
      fronts += 1;
    },
    reload: async () => load(),
    showPlainPage: async (lines) => {
      line?.end();
      line = null;
      plainPage = lines;
    },
    close: async () => die('closedByUser'),
  };
  // As in a browser: the window exists first, its page is loaded after.
  queueMicrotask(() => {
    if (!isGone && plainPage === null) load();
  });
  return { fake, window };
}

type ChannelPair = { readonly main: Channel; readonly page: FakePageLine; end(): void; setUndrained(bytes: number): void };

/** Two ends of one line. Frames arrive a turn later and in order; when one end closes, both are told. */
export function createChannelPair(): ChannelPair {
  const frames = { main: createAnnouncer<string>(), page: createAnnouncer<string>() };
  const toPage = createAnnouncer<Uint8Array>();
  const closings = { main: createEnding<void>(), page: createEnding<void>() };
  let isClosed = false;
  let undrained = 0;

  function end(): void {
    isClosed = true;
    closings.main.tell();
    closings.page.tell();
  }

  const endOf = (own: 'main' | 'page', other: 'main' | 'page'): Channel => ({
    send: (frame) => {
      if (isClosed) return;
      queueMicrotask(() => {
        if (!isClosed) frames[other].tell(frame);
      });
    },
    sendBytes: (bytes) =>
      queueMicrotask(() => {
        if (!isClosed && other === 'page') toPage.tell(bytes);
      }),
    undrainedBytes: () => (own === 'main' ? undrained : 0),
    onFrame: frames[own].listen,
    onClosed: (listener) => closings[own].listen(() => listener()),
    close: end,
  });
  return {
    main: endOf('main', 'page'),
    page: { ...endOf('page', 'main'), onBytes: toPage.listen },
    end,
    setUndrained: (bytes) => {
      undrained = bytes;
    },
  };
}
