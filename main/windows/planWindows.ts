import type { PresentDisplay } from '#contract/bridge/index.ts';
import type { DisplayKey } from '#contract/wall/index.ts';

/** A place that always has a window: the console, and one wall per Display. */
export type Slot = 'console' | `wall/${string}`;

/** The slot of a Display's wall. */
export function wallSlot(displayKey: DisplayKey): Slot {
  return `wall/${displayKey}`;
}

/** A window that is open (or just being opened) and where it was put. `plain` = it only says what happened. */
export type OpenSlot = { readonly slot: Slot; readonly display: PresentDisplay | null; readonly page: 'live' | 'plain' };

/** A window that went away by itself, or could not be opened. */
export type SlotDeath = { readonly slot: Slot; readonly atMs: number };

/** What to do next, in this order. */
export type WindowAction =
  | { readonly kind: 'close'; readonly slot: Slot }
  | { readonly kind: 'place'; readonly slot: Slot; readonly display: PresentDisplay }
  | { readonly kind: 'open'; readonly slot: Slot; readonly display: PresentDisplay | null; readonly page: 'live' | 'plain' };

/** safety.md, "Process and window faults": reopened at once, a breaker at 3 per 5 minutes, then a plain page that says what happened. */
export const breaker = { deaths: 3, withinMs: 5 * 60_000 } as const;

export type RoomOfWindows = {
  readonly present: readonly PresentDisplay[];
  readonly open: readonly OpenSlot[];
  readonly deaths: readonly SlotDeath[];
  readonly nowMs: number;
};

/**
 * Decides which windows there should be: a full-screen wall on every Display and the console framed above the primary one's, opened
 * last so that it lies on top. The scene of a Display that vanishes stays; only its window goes.
 */
export function planWindows(room: RoomOfWindows): readonly WindowAction[] {
  const { present, open } = room;
  const wanted = [...present.map((display) => ({ slot: wallSlot(display.displayKey), display })), consoleWanted(present)];
  const isWanted = (slot: Slot) => wanted.some((known) => known.slot === slot);
  const closings = open.flatMap(({ slot, page }): readonly WindowAction[] => {
    // A plain page gives way as soon as the breaker lets go: a room where nobody is heals by itself.
    const isReleased = page === 'plain' && pageFor(slot, room) === 'live';
    return !isWanted(slot) || isReleased ? [{ kind: 'close', slot }] : [];
  });
  const placings = open.flatMap((known): readonly WindowAction[] => {
    const display = present.find(({ displayKey }) => wallSlot(displayKey) === known.slot);
    return display !== undefined && known.display !== null && hasMoved(known.display, display)
      ? [{ kind: 'place', slot: known.slot, display }]
      : [];
  });
  const isClosing = (slot: Slot) => closings.some((action) => action.slot === slot);
  const openings = wanted.flatMap(({ slot, display }): readonly WindowAction[] => {
    const isOpen = open.some((known) => known.slot === slot) && !isClosing(slot);
    const page = pageFor(slot, room);
    return isOpen || page === 'none' ? [] : [{ kind: 'open', slot, display, page }];
  });
  return [...closings, ...placings.filter(({ slot }) => !isClosing(slot)), ...openings];
}

function consoleWanted(present: readonly PresentDisplay[]): { slot: Slot; display: PresentDisplay | null } {
  return { slot: 'console', display: present.find(({ isPrimary }) => isPrimary) ?? present[0] ?? null };
}

/** Below the breaker the page itself, at it the plain page, above it (the plain page died too) nothing until the deaths are old enough. */
function pageFor(slot: Slot, { deaths, nowMs }: RoomOfWindows): 'live' | 'plain' | 'none' {
  const recent = deaths.filter((death) => death.slot === slot && nowMs - death.atMs < breaker.withinMs).length;
  if (recent < breaker.deaths) return 'live';
  return recent === breaker.deaths ? 'plain' : 'none';
}

function hasMoved(before: PresentDisplay, now: PresentDisplay): boolean {
  return (
    before.x !== now.x ||
    before.y !== now.y ||
    before.widthPx !== now.widthPx ||
    before.heightPx !== now.heightPx ||
    before.scale !== now.scale
  );
}
