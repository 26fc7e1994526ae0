import { randomUUID } from 'node:crypto';
import type { Language, PresentDisplay, WindowIdentity } from '#contract/bridge/index.ts';
import { createPump, type LinkLog } from '#contract/link/index.ts';
import { type Clock, type Timers, WindowId } from '#contract/values/index.ts';
import { DisplayKey } from '#contract/wall/index.ts';
import type { Channel, OpenedWindow, Shell } from '#main/shell/index.ts';
import { breaker, type OpenSlot, planWindows, type Slot, type SlotDeath, type WindowAction } from './planWindows.ts';
import { plainPageLines } from './plainPage.ts';

/** Displays are read this often besides the hints (safety.md: re-read displays on a timer besides the events). */
const rereadMs = 2_000;

export type RoomWindowsPorts = {
  readonly shell: Pick<Shell, 'displays' | 'windows'>;
  readonly clock: Clock;
  readonly timers: Timers;
  readonly log: LinkLog;
  readonly language: () => Language;
  /** The Displays that are plugged in now, before their windows are opened. Told when they changed. */
  readonly onDisplays: (displays: readonly PresentDisplay[]) => Promise<void>;
  /** A page has opened its channel. */
  readonly onChannel: (opened: { identity: WindowIdentity; channel: Channel }) => void;
  /** A wall's window is gone: what its glass shows is unknown. */
  readonly onWallGone: (displayKey: DisplayKey) => void;
};

/** The windows of the room, kept as they should be. */
export type RoomWindows = {
  /** Reads the displays and opens what is missing; resolves after the first round. */
  start(): Promise<void>;
  /** This window stopped answering: its page is loaded again. */
  reload(windowId: WindowId): void;
  close(): Promise<void>;
};

/** Keeps one window in every slot. What is right is decided by `planWindows`; here it is done. */
export function createRoomWindows(ports: RoomWindowsPorts): RoomWindows {
  return new Supervisor(ports);
}

type Opened = { readonly place: OpenSlot; readonly window: OpenedWindow; readonly identity: WindowIdentity };

class Supervisor implements RoomWindows {
  readonly #ports: RoomWindowsPorts;
  readonly #open = new Map<Slot, Opened>();
  readonly #pump: () => void;
  #deaths: readonly SlotDeath[] = [];
  #toldDisplays = '';
  #isClosed = false;
  #cancelReread = () => {};
  #stopHints = () => {};

  constructor(ports: RoomWindowsPorts) {
    this.#ports = ports;
    this.#pump = createPump(
      () => this.#round(),
      (error) => ports.log.error({ err: error }, 'looking after the windows failed: tried again'),
    );
  }

  async start(): Promise<void> {
    this.#stopHints = this.#ports.shell.displays.onChange(this.#pump);
    await this.#round().catch((error: unknown) => this.#ports.log.error({ err: error }, 'the windows could not be opened: tried again'));
    this.#reread();
  }

  #reread(): void {
    if (this.#isClosed) return;
    this.#cancelReread = this.#ports.timers.afterMs(rereadMs, () => {
      this.#pump();
      this.#reread();
    });
  }

  async #round(): Promise<void> {
    if (this.#isClosed) return;
    const present = await this.#ports.shell.displays.list();
    await this.#tellDisplays(present);
    const nowMs = this.#ports.clock.nowMs();
    this.#deaths = this.#deaths.filter(({ atMs }) => nowMs - atMs < breaker.withinMs);
    const actions = planWindows({ present, open: [...this.#open.values()].map(({ place }) => place), deaths: this.#deaths, nowMs });
    await this.#actAll(actions);
  }

  async #actAll(actions: readonly WindowAction[]): Promise<void> {
    const consoleBefore = this.#open.get('console');
    for (const action of actions.filter(({ kind }) => kind !== 'open')) await this.#act(action);
    const openings = actions.filter(({ kind }) => kind === 'open');
    await Promise.all(openings.filter(({ slot }) => slot !== 'console').map((action) => this.#act(action)));
    await Promise.all(openings.filter(({ slot }) => slot === 'console').map((action) => this.#act(action)));
    // A wall that was opened or placed after the console covers it.
    const isCovered = actions.some(({ kind, slot }) => kind !== 'close' && slot !== 'console');
    const console = this.#open.get('console');
    if (isCovered && console !== undefined && console === consoleBefore) await console.window.bringToFront();
  }

  async #tellDisplays(present: readonly PresentDisplay[]): Promise<void> {
    const text = JSON.stringify(present);
    if (text === this.#toldDisplays) return;
    this.#ports.log.info({ displays: present.map(({ displayKey }) => displayKey) }, 'displays');
    await this.#ports.onDisplays(present);
    this.#toldDisplays = text;
  }

  async #act(action: WindowAction): Promise<void> {
    if (this.#isClosed) return;
    try {
      switch (action.kind) {
        case 'open':
          return await this.#openSlot(action);
        case 'close':
          return await this.#closeSlot(action.slot);
        case 'place':
          return await this.#place(action);
      }
    } catch (error) {
      this.#ports.log.error({ err: error, slot: action.slot, action: action.kind }, 'a window could not be brought to where it should be');
      if (action.kind === 'open') this.#died(action.slot);
    }
  }

  async #openSlot({ slot, display, page }: Extract<WindowAction, { kind: 'open' }>): Promise<void> {
    const identity = newIdentity(slot);
    const language = this.#ports.language();
    const mode = slot === 'console' ? 'framed' : 'fullScreen';
    const window = await this.#ports.shell.windows.open({ identity, display, mode, language });
    if (this.#isClosed) return await window.close();
    this.#open.set(slot, { place: { slot, display, page }, window, identity });
    this.#ports.log.info({ slot, windowId: identity.windowId, page }, 'a window is open');
    // The listeners come before anything that could take time: a window may die while it is being told something.
    window.onGone((reason) => this.#gone({ slot, window, reason }));
    if (page === 'live') window.onChannel((channel) => this.#ports.onChannel({ identity, channel }));
    else await window.showPlainPage(plainPageLines({ language, slot, deaths: breaker.deaths, minutes: breaker.withinMs / 60_000 }));
  }

  #gone({ slot, window, reason }: { slot: Slot; window: OpenedWindow; reason: string }): void {
    if (this.#open.get(slot)?.window !== window) return;
    this.#forget(slot);
    if (this.#isClosed) return;
    this.#ports.log.warn({ slot, windowId: window.windowId, reason }, 'a window is gone: it is opened again');
    this.#died(slot);
  }

  #died(slot: Slot): void {
    this.#deaths = [...this.#deaths, { slot, atMs: this.#ports.clock.nowMs() }];
    this.#pump();
  }

  #forget(slot: Slot): void {
    const opened = this.#open.get(slot);
    this.#open.delete(slot);
    if (opened?.identity.kind === 'wall') this.#ports.onWallGone(opened.identity.displayKey);
  }

  async #closeSlot(slot: Slot): Promise<void> {
    const opened = this.#open.get(slot);
    this.#forget(slot);
    await opened?.window.close();
  }

  async #place({ slot, display }: Extract<WindowAction, { kind: 'place' }>): Promise<void> {
    const opened = this.#open.get(slot);
    if (opened === undefined) return;
    await opened.window.placeOn(display);
    this.#open.set(slot, { ...opened, place: { ...opened.place, display } });
  }

  reload(windowId: WindowId): void {
    const opened = [...this.#open.values()].find(({ identity }) => identity.windowId === windowId);
    void opened?.window
      .reload()
      .catch((error: unknown) => this.#ports.log.warn({ err: error, windowId }, 'a window could not be loaded again'));
  }

  async close(): Promise<void> {
    this.#isClosed = true;
    this.#cancelReread();
    this.#stopHints();
    const windows = [...this.#open.values()].map(({ window }) => window);
    this.#open.clear();
    await Promise.allSettled(windows.map((window) => window.close()));
  }
}

function newIdentity(slot: Slot): WindowIdentity {
  const windowId = WindowId.parse(randomUUID());
  if (slot === 'console') return { kind: 'console', windowId };
  return { kind: 'wall', windowId, displayKey: DisplayKey.parse(slot.slice('wall/'.length)) };
}
