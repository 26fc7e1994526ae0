import { describe, expect, test } from 'vitest';
import { handoverName } from '#contract/bridge/index.ts';
import { listenForHandovers } from './handover.ts';

/** As much of a page as handing over needs. */
function createPage(hash = '') {
  const listeners: ((event: unknown) => void)[] = [];
  const replaced: string[] = [];
  const page = {
    location: { hash, pathname: '/console.html', search: '?lang=zh' },
    history: { replaceState: (_: unknown, __: string, url: string) => replaced.push(url) },
    addEventListener: (_: string, listener: (event: unknown) => void) => listeners.push(listener),
  };
  const post = (event: object) => {
    for (const listener of listeners) listener({ source: page, ...event });
  };
  return { page: page as unknown as Window, post, replaced };
}

const code = 'c'.repeat(40);

describe('handing the way to main over to a page', () => {
  test('takes the code of a tab out of the address, so that nothing keeps it', async () => {
    const { page, replaced } = createPage(`#code=${code}`);
    expect(await listenForHandovers(page).next()).toEqual({ kind: 'code', code });
    expect(replaced).toEqual(['/console.html?lang=zh']);
  });

  test('takes what a kiosk wrote before the page ran, and what it writes later', async () => {
    const { page } = createPage();
    Object.defineProperty(page, handoverName, { value: { kind: 'webSocket', code }, configurable: true, writable: false });
    const handovers = listenForHandovers(page);
    expect(await handovers.next()).toEqual({ kind: 'code', code });
    expect(Reflect.get(page, handoverName)).toBeUndefined();
    Reflect.set(page, handoverName, { kind: 'webSocket', code: 'later' });
    expect(await handovers.next()).toEqual({ kind: 'code', code: 'later' });
  });

  test('takes a port from its own page only, under the agreed name', async () => {
    const { page, post } = createPage();
    const next = listenForHandovers(page).next();
    const port = { name: 'right' };
    post({ data: handoverName, ports: [{ name: 'foreign' }], source: {} });
    post({ data: 'something else', ports: [{ name: 'wrong name' }] });
    post({ data: handoverName, ports: [port] });
    expect(await next).toEqual({ kind: 'port', port });
  });
});
