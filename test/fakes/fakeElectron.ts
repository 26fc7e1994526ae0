import { EventEmitter } from 'node:events';
import type {
  BrowserWindow,
  BrowserWindowConstructorOptions,
  Display,
  MessagePortMain,
  Rectangle,
  RenderProcessGoneDetails,
  Session,
  WebContents,
} from 'electron';
import type { ElectronParts } from '#electron/electronParts.ts';

/**
 * Electron's behaviour as far as the room uses it, in memory: windows load pages through the session's protocol, pages are the ones of
 * test/builders/bridgePages.ts behind the real preload's contract. Methods are checked against electron.d.ts; events are not.
 */
export type FakeElectron = {
  readonly parts: ElectronParts;
  readonly windows: readonly FakeBrowserWindow[];
  readonly session: FakeSession;
  readonly screen: FakeScreen;
  /** Power blockers that are on. */
  readonly awake: ReadonlySet<number>;
};

export type FakeElectronOptions = {
  readonly displays?: readonly Rectangle[];
  readonly keyRing?: 'gnome_libsecret' | 'basic_text' | 'none';
  readonly switches?: readonly string[];
  readonly isPackaged?: boolean;
};

const twoDisplays: readonly Rectangle[] = [
  { x: 0, y: 0, width: 1920, height: 1080 },
  { x: 1920, y: 0, width: 1920, height: 1080 },
];

export function createFakeElectron({
  displays = twoDisplays,
  keyRing = 'gnome_libsecret',
  switches = [],
  isPackaged = false,
}: FakeElectronOptions = {}): FakeElectron {
  const windows: FakeBrowserWindow[] = [];
  const session = new FakeSession();
  const screen = new FakeScreen(displays);
  const awake = new Set<number>();
  class OpenedWindow extends FakeBrowserWindow {
    constructor(options: BrowserWindowConstructorOptions) {
      super({ options, session });
      windows.push(this);
    }
  }
  const parts = {
    app: { isPackaged, commandLine: { hasSwitch: (name: string) => switches.includes(name) }, on: () => {} },
    BrowserWindow: OpenedWindow,
    MessageChannelMain: FakeMessageChannel,
    screen,
    session,
    safeStorage: {
      isEncryptionAvailable: () => keyRing !== 'none',
      getSelectedStorageBackend: () => (keyRing === 'none' ? 'unknown' : keyRing),
      encryptString: (text: string) => Buffer.from(`sealed:${text}`),
      decryptString: (sealed: Buffer) => sealed.toString().replace(/^sealed:/, ''),
    } satisfies ElectronParts['safeStorage'],
    powerSaveBlocker: {
      start: (type) => {
        if (type === 'prevent-display-sleep') awake.add(awake.size + 1);
        return awake.size;
      },
      stop: (id) => awake.delete(id),
    } satisfies ElectronParts['powerSaveBlocker'],
  };
  // Electron's classes are emitters with dozens of overloads; what the room calls of them is checked where each fake says `implements`.
  return { parts: parts as unknown as ElectronParts, windows, session, screen, awake };
}

export class FakeScreen extends EventEmitter implements Pick<Electron.Screen, 'getAllDisplays' | 'getPrimaryDisplay'> {
  #bounds: readonly Rectangle[];
  constructor(bounds: readonly Rectangle[]) {
    super();
    this.#bounds = bounds;
  }
  getAllDisplays = (): Display[] => this.#bounds.map((bounds) => toDisplay(bounds));
  getPrimaryDisplay = (): Display => this.getAllDisplays()[0]!;
  unplugLast(): Rectangle {
    const last = this.#bounds.at(-1)!;
    this.#bounds = this.#bounds.slice(0, -1);
    this.emit('display-removed', {}, toDisplay(last));
    return last;
  }
  plugIn(bounds: Rectangle): void {
    this.#bounds = [...this.#bounds, bounds];
    this.emit('display-added', {}, toDisplay(bounds));
  }
}

/** As Electron on Windows: an id made from the connector, a friendly name as label. */
function toDisplay(bounds: Rectangle): Display {
  return { id: 2_528_732_444 + bounds.x, label: 'DELL U2723QE', bounds, scaleFactor: 1 } as Display;
}

type Handlers = {
  permissionRequest: Parameters<Session['setPermissionRequestHandler']>[0];
  permissionCheck: Parameters<Session['setPermissionCheckHandler']>[0];
  device: Parameters<Session['setDevicePermissionHandler']>[0];
  bluetooth: Parameters<Session['setBluetoothPairingHandler']>[0];
  displayMedia: Parameters<Session['setDisplayMediaRequestHandler']>[0];
  certificate: Parameters<Session['setCertificateVerifyProc']>[0];
};

type LockingMethods =
  | 'setPermissionRequestHandler'
  | 'setPermissionCheckHandler'
  | 'setDevicePermissionHandler'
  | 'setBluetoothPairingHandler'
  | 'setDisplayMediaRequestHandler'
  | 'setSpellCheckerEnabled'
  | 'setCertificateVerifyProc';

/** Remembers its handlers, so that a test can ask them what Chromium would. */
export class FakeSession extends EventEmitter implements Pick<Session, LockingMethods> {
  readonly handlers: Partial<Handlers> = {};
  readonly schemes = new Map<string, (request: Request) => Response | Promise<Response>>();
  isSpellChecked = true;
  readonly protocol = {
    handle: (scheme, handler) => void this.schemes.set(scheme, handler),
  } satisfies Pick<Session['protocol'], 'handle'>;
  setPermissionRequestHandler = (handler: Handlers['permissionRequest']) => void (this.handlers.permissionRequest = handler);
  setPermissionCheckHandler = (handler: Handlers['permissionCheck']) => void (this.handlers.permissionCheck = handler);
  setDevicePermissionHandler = (handler: Handlers['device']) => void (this.handlers.device = handler);
  setBluetoothPairingHandler = (handler: Handlers['bluetooth']) => void (this.handlers.bluetooth = handler);
  setDisplayMediaRequestHandler = (handler: Handlers['displayMedia']) => void (this.handlers.displayMedia = handler);
  closeAllConnections = async () => {};
  setCertificateVerifyProc = (handler: Handlers['certificate']) => void (this.handlers.certificate = handler);
  setSpellCheckerEnabled = (isEnabled: boolean) => void (this.isSpellChecked = isEnabled);
}

type WindowMethods = 'loadURL' | 'destroy' | 'isDestroyed' | 'setBounds' | 'setFullScreen' | 'moveTop';

export class FakeBrowserWindow extends EventEmitter implements Pick<BrowserWindow, WindowMethods> {
  readonly options: BrowserWindowConstructorOptions;
  readonly webContents: FakeWebContents;
  bounds: Partial<Rectangle>;
  isFullScreen: boolean;
  /** How often it was brought above the others. */
  timesOnTop = 0;
  #isDestroyed = false;
  constructor({ options, session }: { options: BrowserWindowConstructorOptions; session: FakeSession }) {
    super();
    this.options = options;
    const { x = 0, y = 0, width = 800, height = 600, fullscreen = false } = options;
    this.bounds = { x, y, width, height };
    this.isFullScreen = fullscreen;
    this.webContents = new FakeWebContents(session);
  }
  loadURL = async (url: string): Promise<void> => this.webContents.load(url);
  isDestroyed = () => this.#isDestroyed;
  destroy = () => {
    if (this.#isDestroyed) return;
    this.#isDestroyed = true;
    this.webContents.endPage();
    this.emit('closed');
  };
  setBounds = (bounds: Partial<Rectangle>) => {
    if (!this.isFullScreen) this.bounds = { ...this.bounds, ...bounds }; // as window managers do: full-screen windows stay where they are
  };
  moveTop = () => void (this.timesOnTop += 1);
  setFullScreen = (isFullScreen: boolean) => void (this.isFullScreen = isFullScreen);
}

type ContentsMethods = 'getURL' | 'postMessage' | 'setWindowOpenHandler' | 'executeJavaScriptInIsolatedWorld' | 'forcefullyCrashRenderer';

export class FakeWebContents extends EventEmitter implements Pick<WebContents, ContentsMethods> {
  readonly #session: FakeSession;
  #url = '';
  #port: FakePort | undefined;
  /** What the last page was served with. */
  response: Response | undefined;
  windowOpenHandler: Parameters<WebContents['setWindowOpenHandler']>[0] | undefined;
  isFrozen = false;
  constructor(session: FakeSession) {
    super();
    this.#session = session;
  }
  getURL = () => this.#url;
  setWindowOpenHandler: WebContents['setWindowOpenHandler'] = (handler) => void (this.windowOpenHandler = handler);
  executeJavaScriptInIsolatedWorld = () => (this.isFrozen ? new Promise<never>(() => {}) : Promise.resolve(1));
  forcefullyCrashRenderer = () => this.crash('crashed');

  async load(url: string): Promise<void> {
    this.emit('did-start-navigation', { url, isMainFrame: true, isSameDocument: false });
    this.endPage();
    this.#url = url;
    const scheme = url.slice(0, url.indexOf(':'));
    this.response = await this.#session.schemes.get(scheme)?.(new Request(url));
    this.emit('did-finish-load');
  }

  /** The preload's side: the first port of a load goes to the page, by the name in the message. */
  postMessage = (channel: string, name: unknown, ports: MessagePortMain[] = []) => {
    const [port] = ports as unknown as FakePort[];
    if (channel !== 'commandwallHandover' || name !== 'commandwallHandover' || port === undefined || this.#port !== undefined) return;
    this.#port = port;
    // A clone of a view is the whole buffer under it: what the page could read is what counts.
    const readable = (data: Uint8Array) => new Uint8Array(data.buffer).join(' ');
    port.on('message', ({ data }: { data: string | Uint8Array }) =>
      port.postMessage(typeof data === 'string' ? `echo ${data}` : `bytes ${readable(data)}`),
    );
    port.start();
    port.postMessage(`ready ${new URL(this.#url).pathname.slice(1)}`);
  };

  /** Sends something else than text through the page's port, as a page that was taken over might. */
  sayRaw(message: unknown): void {
    this.#port?.postMessage(message);
  }

  crash(reason: RenderProcessGoneDetails['reason']): void {
    this.endPage();
    this.emit('render-process-gone', {}, { reason, exitCode: 9 } satisfies RenderProcessGoneDetails);
  }

  endPage(): void {
    this.#port?.close();
    this.#port = undefined;
  }
}

/** One end of a channel: messages wait until `start`, arrive later than they are sent, and closing one end closes the other. */
class FakePort extends EventEmitter implements Pick<MessagePortMain, 'postMessage' | 'start' | 'close'> {
  other: FakePort | undefined;
  #waiting: unknown[] | undefined = [];
  #isClosed = false;
  start = () => {
    const waiting = this.#waiting ?? [];
    this.#waiting = undefined;
    for (const data of waiting) this.#deliver(data);
  };
  postMessage = (message: unknown) => {
    if (!this.#isClosed) this.other?.receive(structuredClone(message));
  };
  close = () => {
    if (this.#isClosed) return;
    this.#isClosed = true;
    setImmediate(() => this.emit('close'));
    this.other?.close();
  };
  receive(data: unknown): void {
    if (this.#waiting) this.#waiting.push(data);
    else this.#deliver(data);
  }
  #deliver(data: unknown): void {
    setImmediate(() => this.emit('message', { data, ports: [] }));
  }
}

class FakeMessageChannel {
  readonly port1 = new FakePort();
  readonly port2 = new FakePort();
  constructor() {
    this.port1.other = this.port2;
    this.port2.other = this.port1;
  }
}
