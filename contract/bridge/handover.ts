import { z } from 'zod';
import { WindowId } from '#contract/values/index.ts';

/**
 * First frame of a bridge WebSocket (kiosk and tab): the one-time code that the shell handed over outside the page (CDP, or the URL fragment
 * in tab mode), or the window-bound token that main gave for it. Answered with the token; only then RPC begins.
 */
export const BridgeOpening = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('code'), code: z.string().min(32).max(128) }),
  z.strictObject({ type: z.literal('token'), token: z.string().min(32).max(128) }),
]);
export type BridgeOpening = z.infer<typeof BridgeOpening>;

/** Main's answer; a wrong code or token gets no answer, only a closed socket (code 4401). */
export const BridgeOpened = z.strictObject({ type: z.literal('opened'), token: z.string().min(32).max(128), windowId: WindowId });
export type BridgeOpened = z.infer<typeof BridgeOpened>;

/** Name of the page global through which a shell hands over the way to main: see renderer/bridge. */
export const handoverName = 'commandwallHandover';
