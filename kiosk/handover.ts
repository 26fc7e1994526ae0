import { z } from 'zod';
import { handoverName } from '#contract/bridge/index.ts';
import type { WindowId } from '#contract/values/index.ts';
import type { Admissions } from './admissions.ts';
import type { CdpSession } from './cdp.ts';

/** Keeps a code ready in the browser for the next load of one window's page. */
export type Handover = {
  /** Puts a fresh code there, unless the last one still waits to be used. */
  prepare(): Promise<void>;
};

const AddedScript = z.object({ identifier: z.string() });

export type HandoverOptions = {
  readonly session: CdpSession;
  readonly windowId: WindowId;
  /** The only origin whose top document gets the code. */
  readonly origin: string;
  readonly admissions: Admissions;
};

/** An unused code is not replaced, or a page that is loading just now would come with a void one. */
export function createHandover({ session, windowId, origin, admissions }: HandoverOptions): Handover {
  let current: string | undefined;
  return {
    async prepare() {
      if (admissions.hasCode(windowId)) return;
      const code = admissions.issueCode({ windowId, validForMs: null });
      const before = current;
      const source = handoverScript({ origin, code });
      const { identifier } = await session.ask('Page.addScriptToEvaluateOnNewDocument', { params: { source }, reply: AddedScript });
      current = identifier;
      if (before !== undefined) await session.tell('Page.removeScriptToEvaluateOnNewDocument', { identifier: before });
    },
  };
}

/**
 * Runs before any script of the page. The page reads the global once and deletes it (renderer/bridge); the code is no part of an address, a
 * command line or a file.
 */
function handoverScript({ origin, code }: { origin: string; code: string }): string {
  const value = JSON.stringify({ kind: 'webSocket', code });
  return (
    `if (location.origin === ${JSON.stringify(origin)} && window === window.top) ` +
    `Object.defineProperty(window, ${JSON.stringify(handoverName)}, { value: ${value}, configurable: true, enumerable: false, writable: false });`
  );
}
