import { randomBytes } from 'node:crypto';
import type { BridgeOpening } from '#contract/bridge/index.ts';
import type { Clock, WindowId } from '#contract/values/index.ts';

/** Who may open a bridge socket: one-time codes, and the window-bound tokens that they were exchanged for. Memory only. */
export type Admissions = {
  /**
   * A new code for this window; an earlier unused one is void from now on. `validForMs` null = until it is used or replaced: it waits in
   * the browser for the next load of a page, where nobody else can read it.
   */
  issueCode(request: { readonly windowId: WindowId; readonly validForMs: number | null }): string;
  /** Whether a code of this window waits to be used. */
  hasCode(windowId: WindowId): boolean;
  /** Exchanges a code (once) or a token for this window's token; null = nobody we know. A used code ends the token of the load before. */
  admit(opening: BridgeOpening): { readonly windowId: WindowId; readonly token: string } | null;
  /** Voids everything this window holds. */
  revoke(windowId: WindowId): void;
};

type Pass = { readonly windowId: WindowId; readonly validUntilMs: number };

/** 256 bits, URL-safe. */
const freshSecret = () => randomBytes(32).toString('base64url');

export function createAdmissions({ clock }: { readonly clock: Clock }): Admissions {
  const codes = new Map<string, Pass>();
  const tokens = new Map<string, WindowId>();
  const voidCodes = (windowId: WindowId) => {
    for (const [code, pass] of codes) if (pass.windowId === windowId) codes.delete(code);
  };
  const voidTokens = (windowId: WindowId) => {
    for (const [token, holder] of tokens) if (holder === windowId) tokens.delete(token);
  };
  const admitCode = (code: string) => {
    const pass = codes.get(code);
    codes.delete(code);
    if (pass === undefined || pass.validUntilMs <= clock.nowMs()) return null;
    voidTokens(pass.windowId);
    const token = freshSecret();
    tokens.set(token, pass.windowId);
    return { windowId: pass.windowId, token };
  };
  const admitToken = (token: string) => {
    const windowId = tokens.get(token);
    return windowId === undefined ? null : { windowId, token };
  };
  return {
    issueCode({ windowId, validForMs }) {
      voidCodes(windowId);
      const code = freshSecret();
      codes.set(code, { windowId, validUntilMs: validForMs === null ? Number.POSITIVE_INFINITY : clock.nowMs() + validForMs });
      return code;
    },
    hasCode: (windowId) => [...codes.values()].some((pass) => pass.windowId === windowId && pass.validUntilMs > clock.nowMs()),
    admit: (opening) => (opening.type === 'code' ? admitCode(opening.code) : admitToken(opening.token)),
    revoke(windowId) {
      voidCodes(windowId);
      voidTokens(windowId);
    },
  };
}
