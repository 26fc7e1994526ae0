import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { connectSources, contentSecurityPolicy } from './contentSecurityPolicy.ts';
import { plainPageUrl } from './plainPage.ts';
import { openStaticPages, type StaticPages } from './staticPages.ts';

let root: string;
let pages: StaticPages;
beforeAll(async () => {
  root = await mkdtemp(path.join(tmpdir(), 'commandwall-static-'));
  const folder = path.join(root, 'pages');
  await mkdir(path.join(folder, 'assets'), { recursive: true });
  await writeFile(path.join(root, 'secret.json'), '{}');
  await writeFile(path.join(folder, 'wall.html'), '<meta property="csp-nonce" nonce="__CSP_NONCE__"><style nonce="__CSP_NONCE__"></style>');
  await writeFile(path.join(folder, 'assets', 'wall-B_x1.js'), 'export {}');
  await writeFile(path.join(folder, '.stamp'), 'x');
  await writeFile(path.join(folder, 'notes.txt'), 'x');
  await symlink(path.join(root, 'secret.json'), path.join(folder, 'link.json'));
  pages = openStaticPages({ folder, connect: ['http://127.0.0.1:8420', 'ws://127.0.0.1:8420'] });
});
afterAll(() => rm(root, { recursive: true, force: true }));

describe('the files of the windows', () => {
  test('each load of a page gets a nonce of its own, the same in its text and its policy', async () => {
    const loads = [await pages.answer('/wall.html'), await pages.answer('/wall.html')];
    const nonces = loads.map(({ headers }) => /'nonce-([^']+)'/.exec(headers['content-security-policy'] ?? '')?.[1] ?? '');
    expect(new Set(nonces).size).toBe(2);
    expect(loads.map(({ body }) => body.toString())).toEqual(
      nonces.map((nonce) => `<meta property="csp-nonce" nonce="${nonce}"><style nonce="${nonce}"></style>`),
    );
    expect(loads[0]?.headers).toMatchObject({ 'cache-control': 'no-store', 'x-content-type-options': 'nosniff' });
  });

  test('a script is served as a script', async () => {
    const { status, headers, body } = await pages.answer('/assets/wall-B_x1.js');
    expect([status, headers['content-type'], body.toString()]).toEqual([200, 'text/javascript; charset=utf-8', 'export {}']);
  });

  test.each([
    '/',
    '/missing.html',
    '/../secret.json',
    '/assets/../../secret.json',
    '/..%2fsecret.json',
    '/%2e%2e/secret.json',
    '/assets%5c..%5c..%5csecret.json',
    '/wall.html%00',
    '/wall.html\0.js',
    '//etc/passwd.json',
    '/link.json',
    '/.stamp',
    '/notes.txt',
    '/assets',
    'http://127.0.0.1/wall.html',
    'wall.html',
  ])('%j is not found', async (pathname) => {
    expect(await pages.answer(pathname)).toMatchObject({ status: 404, body: Buffer.from('not found\n') });
  });
});

describe('the policy of every window', () => {
  test('is exactly this', () => {
    const connect = [...connectSources('https://platform.example:8443/x'), 'ws://127.0.0.1:1'];
    expect(contentSecurityPolicy({ nonce: 'N', connect }).split('; ')).toEqual([
      "default-src 'none'",
      "script-src 'self'",
      "style-src 'self' 'nonce-N'",
      "style-src-attr 'none'",
      "img-src 'self' blob: data:",
      'media-src blob:',
      "font-src 'self'",
      "connect-src 'self' https://platform.example:8443 wss://platform.example:8443 ws://127.0.0.1:1",
      "worker-src 'self' blob:",
      "frame-src 'none'",
      "frame-ancestors 'none'",
      "base-uri 'none'",
      "form-action 'none'",
    ]);
  });

  test('an address that is not http is no source', () => {
    expect(() => connectSources('javascript:alert(1)')).toThrow('no http address');
  });
});

describe('the plain page', () => {
  test('shows text as text', () => {
    const html = decodeURIComponent(plainPageUrl({ lines: ['<img src=x onerror=alert(1)> & "co"'], language: 'en' }));
    expect(html).toContain('<p>&lt;img src=x onerror=alert(1)&gt; &amp; &quot;co&quot;</p>');
    expect(html).toContain("default-src 'none'");
  });
});
