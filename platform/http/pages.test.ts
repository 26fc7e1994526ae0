import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { type HttpSurface, type HttpSurfaceName, httpSurfaces } from '#contract/access/index.ts';
import { granted, type RegionId } from '#contract/values/index.ts';
import { type AccessLedger, openAccess, type SurfaceAnswers } from '../access/index.ts';
import { createMemoryStore } from '../record/index.ts';
import { createHandPorts } from '../record/testing/handPorts.ts';
import { createPages } from './pages.ts';

const surfaces = Object.entries(httpSurfaces) as [HttpSurfaceName, HttpSurface][];

/** The real pages, each answering with its own name. */
async function openPages() {
  const hand = createHandPorts();
  const passwords = { hash: async () => 'hash', verify: async () => true };
  const store = createMemoryStore({ epoch: 'e1' });
  const kept = async () => granted(null);
  const ledger: AccessLedger = { keep: kept, keepEnd: async () => {}, isWritable: async () => true, loginRefused: async () => true };
  const access = await openAccess({ store, ledger, wordsFor: () => [], passwords, ...hand });
  const answers = Object.fromEntries(
    surfaces.map(([name]) => [name, ({ context }: { context: { text(text: string): Response } }) => context.text(name)]),
  ) as unknown as SurfaceAnswers;
  return createPages({ answers, access, county: () => 'al' as RegionId, isWritable: () => true, onRefused: () => {}, ...hand });
}

/** Sources of the platform that open a door of their own kind, by what opens it. */
function filesWith(opener: RegExp): string[] {
  const root = path.resolve(import.meta.dirname, '..');
  return readdirSync(root, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.ts') && !/\.test\.ts$|(^|\/)testing\//.test(file))
    .filter((file) => opener.test(readFileSync(path.join(root, file), 'utf8')))
    .toSorted();
}

test('the pages that are open are exactly those of the registry', async () => {
  const app = await openPages();
  const open = app.routes.filter(({ method }) => method !== 'ALL').map(({ method, path: at }) => `${method} ${at}`);
  expect(open.toSorted()).toEqual(surfaces.map(([, { method, path: at }]) => `${method} ${at}`).toSorted());
});

test('whoever shows nothing gets the public pages and no other', async () => {
  const app = await openPages();
  const statuses = await Promise.all(
    surfaces.map(async ([name, { method, path: at, guard }]) => {
      const { status } = await app.request(at.replace(':kind', 'regions'), { method });
      return [name, status === 401 ? 'action' : status === 200 ? 'public' : status, guard.kind];
    }),
  );
  expect(statuses.filter(([, seen, declared]) => seen !== declared)).toEqual([]);
});

test('there is one place that opens pages, one that hears the bus, one that takes upgrades', () => {
  expect(filesWith(/new Hono\b/)).toEqual(['http/pages.ts']);
  expect(filesWith(/\.(get|post|put|patch|delete|all|on)\(\s*(routes\.|['"`]\/)|app\.(get|post|put|patch|delete|all|route|on)\(/)).toEqual([
    'access/surfaces.ts',
  ]);
  expect(filesWith(/\.onAny\(/)).toEqual(['bus/connection.ts']);
  expect(filesWith(/\.on\('upgrade'/)).toEqual(['http/httpServer.ts']);
});

test('a page without a name in the registry does not compile, nor does one that expects more than its guard lets through', () => {
  // @ts-expect-error -- no such page: it would have no guard
  const unknown: Partial<SurfaceAnswers<'wipeEverything'>> = {};
  // @ts-expect-error -- a page may be missing nowhere
  const missing: SurfaceAnswers = unknown;
  // @ts-expect-error -- nobody in particular has passed a public page's guard
  const open: Partial<SurfaceAnswers> = { health: ({ context, caller }) => context.text(caller.sessionId) };
  expect([missing, Object.keys(open)]).toEqual([{}, ['health']]);
});
