import { handoverName } from '#contract/bridge/index.ts';

/** How a shell lets this page reach main: a one-time code for the bridge socket (kiosk, tab), or a port (electron). */
export type Handover = { readonly kind: 'code'; readonly code: string } | { readonly kind: 'port'; readonly port: MessagePort };

/** Handovers in the order they came; a shell may give another one at any time (the page was reloaded, a token ran out). */
export type Handovers = { next(): Promise<Handover> };

/** Listens for handovers from now on, and takes one that is already there. */
export function listenForHandovers(page: Window): Handovers {
  const waiting: ((handover: Handover) => void)[] = [];
  const arrived: Handover[] = [];
  const arrive = (handover: Handover) => {
    const take = waiting.shift();
    if (take === undefined) arrived.push(handover);
    else take(handover);
  };
  takeFromFragment(page, arrive);
  takeFromGlobal(page, arrive);
  page.addEventListener('message', ({ data, ports, source }) => {
    const port = ports[0];
    if (source === page && data === handoverName && port !== undefined) arrive({ kind: 'port', port });
  });
  return {
    next: () => {
      const ready = arrived.shift();
      if (ready !== undefined) return Promise.resolve(ready);
      return new Promise((resolve) => waiting.push(resolve));
    },
  };
}

function takeFromFragment(page: Window, arrive: (handover: Handover) => void): void {
  const code = new URLSearchParams(page.location.hash.slice(1)).get('code');
  if (code === null) return;
  // Out of the address bar, the history and every later screenshot.
  page.history.replaceState(null, '', page.location.pathname + page.location.search);
  arrive({ kind: 'code', code });
}

/** The kiosk writes the global over CDP, before or after this script runs: what is there is taken, later writes are seen. */
function takeFromGlobal(page: Window, arrive: (handover: Handover) => void): void {
  const take = (value: unknown) => {
    if (isCode(value)) arrive({ kind: 'code', code: value.code });
  };
  const before: unknown = Reflect.get(page, handoverName);
  Object.defineProperty(page, handoverName, { configurable: true, get: () => undefined, set: take });
  take(before);
}

function isCode(value: unknown): value is { kind: 'webSocket'; code: string } {
  if (typeof value !== 'object' || value === null) return false;
  return Reflect.get(value, 'kind') === 'webSocket' && typeof Reflect.get(value, 'code') === 'string';
}
