import { mkdir, mkdtemp, rm, symlink, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { Basemap } from '#contract/map/index.ts';
import type { DeskBasemap } from '#main/map/index.ts';
import { connectSources, contentSecurityPolicy } from './contentSecurityPolicy.ts';
import { plainPageUrl } from './plainPage.ts';
import { openStaticPages, type StaticPages } from './staticPages.ts';

const hash = 'd'.repeat(64);
const manifest = {
  ...{ format: 'commandwall-county-pack', version: 1, countyId: 'anlan', name: '安澜县', nameEn: 'Anlan County' },
  ...{ bounds: [108, 33, 109, 34], attribution: { zh: '虚构', en: 'invented' }, zooms: { base: [7, 14], terrain: [7, 12] } },
  ...{ files: [{ name: 'roads.bin', bytes: 10, sha256: hash }], contentHash: hash },
};

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
  const shelf = path.join(root, 'map');
  await mkdir(path.join(shelf, hash), { recursive: true });
  await writeFile(path.join(shelf, hash, 'roads.bin'), '0123456789');
  await symlink(path.join(root, 'secret.json'), path.join(shelf, hash, 'link.json'));
  await writeFile(path.join(shelf, 'manifest.json'), JSON.stringify(manifest));
  pages = openStaticPages({ folder, packShelf: shelf, connect: ['http://127.0.0.1:8420', 'ws://127.0.0.1:8420'] });
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

describe('the county pack', () => {
  const ask = async (range?: string, file = 'roads.bin') => {
    const { status, headers, body } = await pages.answer(`/map/pack/${hash}/${file}`, { range });
    return [status, headers['content-range'], body.toString()];
  };

  test('is named by its manifest', async () => {
    const { status, body } = await pages.answer('/map/pack/manifest.json');
    expect([status, JSON.parse(body.toString())]).toEqual([200, manifest]);
  });

  test('is read whole and in parts, and a part beyond its end is refused', async () => {
    expect([await ask(), await ask('bytes=2-4'), await ask('bytes=8-99'), await ask('bytes=-3'), await ask('bytes=10-')]).toEqual([
      [200, undefined, '0123456789'],
      [206, 'bytes 2-4/10', '234'],
      [206, 'bytes 8-9/10', '89'],
      [206, 'bytes 7-9/10', '789'],
      [416, 'bytes */10', ''],
    ]);
  });

  test('tells that parts may be asked for, and a name of its content that stays', async () => {
    const { headers } = await pages.answer(`/map/pack/${hash}/roads.bin`);
    expect(headers).toMatchObject({
      'accept-ranges': 'bytes',
      etag: `"${hash.slice(0, 32)}-roads.bin"`,
      'x-content-type-options': 'nosniff',
    });
  });

  test.each(['missing.bin', 'link.json', '..%2f..%2fsecret.json', '../manifest.json', ''])('its file %j is not found', async (file) => {
    expect(await ask(undefined, file)).toEqual([404, undefined, 'not found\n']);
  });

  test('is not found on a shelf without one', async () => {
    const bare = openStaticPages({ folder: root, packShelf: path.join(root, 'nothing'), connect: [] });
    expect((await bare.answer('/map/pack/manifest.json')).status).toBe(404);
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

describe('what was chosen to lie under the map', () => {
  const basemap: DeskBasemap = {
    served: { basemap: { kind: 'pmtiles', url: '/map/basemap.pmtiles', tiles: 'pictures', attribution: '县' }, refusal: null },
    file: null,
    origins: ['https://tiles.example'],
  };
  const opened = (more: Partial<DeskBasemap> = {}) =>
    openStaticPages({ folder: path.join(root, 'pages'), packShelf: path.join(root, 'map'), connect: [], basemap: { ...basemap, ...more } });
  const connectOf = async (served: StaticPages) =>
    /connect-src ([^;]*)/.exec((await served.answer('/wall.html')).headers['content-security-policy'] ?? '')?.[1];

  test('no address of the origin says its key: whoever has an account on the machine reaches it', async () => {
    const template = 'https://tiles.example/{z}/{x}/{y}?tk={key}';
    const keyed = opened({
      served: { basemap: Basemap.parse({ kind: 'wmts', templates: [template], key: 'secret-key', attribution: '县' }), refusal: null },
    });
    const paths = ['/map/basemap.json', '/map/basemap.pmtiles', '/map/basemap', '/basemap.json', '/wall.html', '/map/pack/manifest.json'];
    const answers = await Promise.all(paths.map((asked) => keyed.answer(asked)));
    expect(answers.filter(({ body, headers }) => `${body.toString()}${JSON.stringify(headers)}`.includes('secret-key'))).toEqual([]);
    expect([answers[0]?.status, answers[4]?.headers['content-security-policy']?.includes('https://tiles.example')]).toEqual([404, true]);
  });

  test('its origins are let in for questions and for nothing else, and none where nothing was chosen', async () => {
    const policy = (await opened().answer('/wall.html')).headers['content-security-policy'] ?? '';
    expect(policy.split('; ').filter((part) => part.includes('tiles.example'))).toEqual(["connect-src 'self' https://tiles.example"]);
    expect([await connectOf(pages), await connectOf(opened({ origins: [] }))]).toEqual([
      "'self' http://127.0.0.1:8420 ws://127.0.0.1:8420",
      "'self'",
    ]);
  });

  test('a file of this machine is served in parts; a whole great one and one that is not there are not', async () => {
    const file = path.join(root, 'land.pmtiles');
    await writeFile(file, '0123456789');
    const served = opened({ file });
    const part = await served.answer('/map/basemap.pmtiles', { range: 'bytes=3-5' });
    expect([part.status, part.body.toString(), part.headers['content-range'], part.headers['content-type']]).toEqual([
      206,
      '345',
      'bytes 3-5/10',
      'application/vnd.pmtiles',
    ]);
    const great = path.join(root, 'great.pmtiles');
    await writeFile(great, '');
    await truncate(great, 17 * 1024 * 1024);
    const statuses = [
      await opened({ file: great }).answer('/map/basemap.pmtiles'),
      await opened({ file: great }).answer('/map/basemap.pmtiles', { range: 'bytes=0-126' }),
      await opened({ file: path.join(root, 'none.pmtiles') }).answer('/map/basemap.pmtiles', { range: 'bytes=0-126' }),
      await opened().answer('/map/basemap.pmtiles', { range: 'bytes=0-126' }),
    ].map(({ status }) => status);
    expect(statuses).toEqual([416, 206, 404, 404]);
  });
});
