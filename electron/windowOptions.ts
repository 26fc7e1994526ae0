import type { BrowserWindowConstructorOptions, Session } from 'electron';
import type { OpenWindow } from '#main/shell/index.ts';

/** Colour of the room before its page is there (ux/tokens.css, the darkest surface), so that a wall never flashes white. */
const dark = '#0f141a';

export type WindowOptionsQuestion = {
  readonly request: OpenWindow;
  readonly session: Session;
  /** Absolute path of dist/electron/preload.cjs. */
  readonly preload: string;
  readonly isPackaged: boolean;
};

/** The options every window is born with (safety.md, "Electron, exactly"); none of them is ever changed later. */
export function windowOptions({ request, session, preload, isPackaged }: WindowOptionsQuestion): BrowserWindowConstructorOptions {
  return {
    ...placeOf(request),
    title: 'Commandwall',
    backgroundColor: dark,
    autoHideMenuBar: true,
    // Transparent windows make what lies under them count as hidden, and stop its pictures.
    transparent: false,
    webPreferences: {
      preload,
      session,
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      nodeIntegrationInWorker: false,
      nodeIntegrationInSubFrames: false,
      webSecurity: true,
      allowRunningInsecureContent: false,
      experimentalFeatures: false,
      webviewTag: false,
      plugins: false,
      navigateOnDragDrop: false,
      disableDialogs: true,
      spellcheck: false,
      devTools: !isPackaged,
      // From birth and for ever: a wall that is throttled once shows old pictures as if they were live.
      backgroundThrottling: false,
      autoplayPolicy: 'no-user-gesture-required',
    },
  };
}

function placeOf({ display, mode }: OpenWindow): BrowserWindowConstructorOptions {
  const isFullScreen = mode === 'fullScreen';
  if (display === null) return { width: 1600, height: 960, fullscreen: isFullScreen };
  const share = isFullScreen ? 1 : 0.9;
  return { ...boundsOn({ display, share }), fullscreen: isFullScreen, frame: !isFullScreen };
}

/** Bounds of a window in the middle of its display that covers this share of its width and height. */
export function boundsOn({ display, share }: { display: NonNullable<OpenWindow['display']>; share: number }) {
  const [width, height] = [Math.round(display.widthPx * share), Math.round(display.heightPx * share)];
  return {
    x: display.x + Math.round((display.widthPx - width) / 2),
    y: display.y + Math.round((display.heightPx - height) / 2),
    width,
    height,
  };
}
