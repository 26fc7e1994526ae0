import type { X509Certificate } from 'node:crypto';
import type { Language, PresentDisplay, RoomWarning, WindowIdentity } from '#contract/bridge/index.ts';
import type { WindowId } from '#contract/values/index.ts';

/** What main needs of whatever opens windows (Electron, the kiosk's Chromium, a browser tab, or a fake in tests). */
export type Shell = {
  readonly name: 'electron' | 'kiosk' | 'tab';
  readonly displays: Displays;
  readonly windows: Windows;
  readonly secrets: Secrets;
  readonly power: Power;
  /**
   * From now on windows believe whatever this authority has signed for the platform, and nothing else of it; null = nothing is encrypted, or nobody is
   * believed yet. Windows that are open may have to be opened again for it.
   */
  trustPlatform(authority: X509Certificate | null): Promise<void>;
  /** What every screen must say about this shell (no sandbox, secrets only in memory). */
  readonly warnings: readonly RoomWarning[];
};

/** The monitors that are plugged in. */
export type Displays = {
  /** Reads the machine anew; never answers from a cache. In tab mode one display of ordinary size that stands for the tab. */
  list(): Promise<readonly PresentDisplay[]>;
  /** Told when monitors may have changed (a hint: main lists again, and does so on a timer besides). Returns the unsubscriber. */
  onChange(listener: () => void): () => void;
};

/** Opens windows; deciding which, where and when to try again is main's. */
export type Windows = {
  /**
   * Opens one window. Resolves when the window exists (its page may still be loading); rejects when the shell cannot.
   * `display` null = wherever the shell likes (a framed console on the primary display, or a tab).
   */
  open(request: OpenWindow): Promise<OpenedWindow>;
};

/** A window that main wants: which one, where, how, and in which language it speaks before main has told it anything. */
export type OpenWindow = {
  readonly identity: WindowIdentity;
  readonly display: PresentDisplay | null;
  readonly mode: 'fullScreen' | 'framed';
  readonly language: Language;
};

/** One open window. All listeners return their unsubscriber. */
export type OpenedWindow = {
  readonly windowId: WindowId;
  /** Told for every channel the page opens: once after loading, again after each reload. Earlier channels are closed by then. */
  onChannel(listener: (channel: Channel) => void): () => void;
  /** Told once when the window is gone for good (closed, crashed, killed). */
  onGone(listener: (reason: WindowGoneReason) => void): () => void;
  /** Puts the window on that display again, in the mode it was opened in (after displays changed). */
  placeOn(display: PresentDisplay): Promise<void>;
  /** Brings the window in front of others on its display, where it is: the console above a wall that was just opened again. */
  bringToFront(): Promise<void>;
  /** Loads the page again, e.g. after it stopped answering. */
  reload(): Promise<void>;
  /** Replaces the page by plain text that says what happened; no scripts (the breaker's last resort). */
  showPlainPage(lines: readonly string[]): Promise<void>;
  close(): Promise<void>;
};

/** Why a window is gone. `killed` = its process was ended from outside, `shellEnded` = the browser behind all windows is gone. */
export type WindowGoneReason = 'closedByUser' | 'crashed' | 'killed' | 'shellEnded';

/** A two-way line of text frames to one window's page, and of bytes to it. Order is kept over both; nothing is delivered after `onClosed`. */
export type Channel = {
  send(frame: string): void;
  /** Bytes as they are, never as text. They may be given on: nobody writes to them any more. */
  sendBytes(bytes: Uint8Array): void;
  /** Bytes sent but not yet drained by the window; 0 where the shell cannot tell. */
  undrainedBytes(): number;
  onFrame(listener: (frame: string) => void): () => void;
  onClosed(listener: () => void): () => void;
  close(): void;
};

/** Small secrets (the device key). */
export type Secrets = {
  /** False when they are gone after the process ends; said on screen. */
  readonly isPersistent: boolean;
  read(name: string): Promise<string | null>;
  write(name: string, value: string): Promise<void>;
};

/** Keeps monitors from sleeping. */
export type Power = {
  /** Until the returned function is called. */
  keepDisplaysAwake(): () => void;
};
