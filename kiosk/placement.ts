import { z } from 'zod';
import type { PresentDisplay } from '#contract/bridge/index.ts';
import type { OpenWindow } from '#main/shell/index.ts';
import type { CdpConnection } from './cdp.ts';

/** What of a page is needed to move its window. */
type Movable = { readonly connection: CdpConnection; readonly targetId: string };

const BrowserWindow = z.object({ windowId: z.int() });

/** Puts a page's window on that display: over all of it, or framed within. */
export async function place({ display, mode }: { display: PresentDisplay | null; mode: OpenWindow['mode'] }, page: Movable): Promise<void> {
  // A full-screen window cannot be moved, so it becomes a normal one first.
  await setBounds({ windowState: 'normal' }, page);
  await setBounds(framedOn(display), page);
  if (mode === 'fullScreen') await setBounds({ windowState: 'fullscreen' }, page);
}

/** Inside the display with a margin, so that no window manager moves it to a neighbour. */
function framedOn(display: PresentDisplay | null): Bounds {
  if (display === null) return somewhere;
  const { x, y, widthPx, heightPx } = display;
  return {
    left: x + Math.round(widthPx * 0.05),
    top: y + Math.round(heightPx * 0.05),
    width: Math.round(widthPx * 0.9),
    height: Math.round(heightPx * 0.9),
  };
}

type Bounds = { readonly left: number; readonly top: number; readonly width: number; readonly height: number };

/** Where a window goes that names no display; the window manager may know better. */
const somewhere: Bounds = { left: 60, top: 40, width: 1600, height: 960 };

/** The window's number is asked anew each time: the browser may have moved the page to another window. */
async function setBounds(bounds: object, { connection, targetId }: Movable): Promise<void> {
  const { windowId } = await connection.ask('Browser.getWindowForTarget', { params: { targetId }, reply: BrowserWindow });
  await connection.tell('Browser.setWindowBounds', { windowId, bounds });
}
