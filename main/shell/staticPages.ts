import { readFile, realpath } from 'node:fs/promises';
import path from 'node:path';
import { basemapRoutes, mapRoutes, readPackPath } from '#contract/map/index.ts';
import { type DeskBasemap, packAlone, type PackBytes, readFilePart, readPackBytes, readShelf } from '#main/map/index.ts';
import { contentSecurityPolicy, freshNonce, noncePlaceholder } from './contentSecurityPolicy.ts';

/** One answer to a window's request, in words that HTTP (kiosk) and a custom protocol (electron) both speak. */
export type StaticAnswer = {
  readonly status: 200 | 206 | 404 | 416;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer;
};

/** The built windows (dist/renderer) and the county pack of this workstation as answers. */
export type StaticPages = {
  /**
   * `pathname` as it stands in the URL, still percent-encoded. Whatever is not plainly a file of the folder is a 404. `range`: the header of
   * that name; only files of the pack have parts.
   */
  answer(pathname: string, asked?: { readonly range?: string | undefined }): Promise<StaticAnswer>;
};

const jsonType = 'application/json; charset=utf-8';

const contentTypes: ReadonlyMap<string, string> = new Map([
  ['.html', 'text/html; charset=utf-8'],
  ['.js', 'text/javascript; charset=utf-8'],
  ['.css', 'text/css; charset=utf-8'],
  ['.json', jsonType],
  ['.svg', 'image/svg+xml'],
  ['.png', 'image/png'],
  ['.jpg', 'image/jpeg'],
  ['.webp', 'image/webp'],
  ['.ico', 'image/x-icon'],
  ['.woff2', 'font/woff2'],
  ['.wasm', 'application/wasm'],
]);

const packTypes: ReadonlyMap<string, string> = new Map([
  ['.json', jsonType],
  ['.pmtiles', 'application/vnd.pmtiles'],
]);

/** No dot files, no `..`, no `%`, no `\`: the bundler writes none, so nothing else is asked in good faith. */
const plainPath = /^(?:\/[A-Za-z0-9_-][A-Za-z0-9._@-]*)+$/;

/** Serves the files below `folder`, each page with a nonce of its own and the policy that names it, the pack on `packShelf`, and what was chosen to lie under it. */
export function openStaticPages({ folder, packShelf, connect, basemap = packAlone }: StaticFolders): StaticPages {
  const mayConnect = [...connect, ...basemap.origins];
  return {
    async answer(pathname, { range } = {}) {
      if (pathname.startsWith(`${mapRoutes.folder}/`)) return await answerPack({ packShelf, pathname, range });
      if (pathname === basemapRoutes.file) return await answerBasemapFile({ file: basemap.file, range });
      const file = plainPath.test(pathname) ? path.join(folder, pathname) : undefined;
      const contentType = contentTypes.get(path.extname(pathname));
      if (file === undefined || contentType === undefined) return notFound;
      const body = await readInside({ folder, file });
      if (body === undefined) return notFound;
      const headers = { ...everyHeader, 'content-type': contentType };
      if (path.extname(pathname) !== '.html') return { status: 200, headers, body };
      const nonce = freshNonce();
      return {
        status: 200,
        headers: { ...headers, 'content-security-policy': contentSecurityPolicy({ nonce, connect: mayConnect }) },
        body: Buffer.from(body.toString('utf8').replaceAll(noncePlaceholder, nonce)),
      };
    },
  };
}

type PackAsked = { readonly packShelf: string; readonly pathname: string; readonly range: string | undefined };
type StaticFolders = {
  readonly folder: string;
  readonly packShelf: string;
  readonly connect: readonly string[];
  /** Absent = the pack alone. */
  readonly basemap?: DeskBasemap;
};

async function answerPack({ packShelf, pathname, range }: PackAsked): Promise<StaticAnswer> {
  if (pathname === mapRoutes.manifest) return await answerManifest(packShelf);
  const named = readPackPath(pathname);
  if (named === null) return notFound;
  const read = await readPackBytes({ folder: packShelf, ...named, range });
  // The bytes of a name never change: its hash is part of it.
  return answerBytes({ read, etag: `"${named.hash.slice(0, 32)}-${named.file}"`, extension: path.extname(named.file) });
}

// A tile and a directory of PMTiles are far smaller; a whole file of a province would fill the memory.
const basemapPartBytes = 16 * 1024 * 1024;

/** No name says what the file holds, so nothing of it is kept by a window longer than it is shown. */
async function answerBasemapFile({ file, range }: { file: string | null; range: string | undefined }): Promise<StaticAnswer> {
  if (file === null) return notFound;
  return answerBytes({ read: await readFilePart({ file, range, mostBytes: basemapPartBytes }), etag: null, extension: '.pmtiles' });
}

type Answered = { readonly read: PackBytes; readonly etag: string | null; readonly extension: string };

function answerBytes({ read, etag, extension }: Answered): StaticAnswer {
  const headers = { ...everyHeader, 'accept-ranges': 'bytes', ...(etag === null ? {} : { etag }) };
  switch (read.kind) {
    case 'missing':
      return notFound;
    case 'beyond':
      return { status: 416, headers: { ...headers, 'content-range': `bytes */${read.size}` }, body: Buffer.alloc(0) };
    case 'bytes': {
      const typed = { ...headers, 'content-type': packTypes.get(extension) ?? 'application/octet-stream' };
      if (read.range.kind === 'whole') return { status: 200, headers: typed, body: read.body };
      const { start, end } = read.range;
      return { status: 206, headers: { ...typed, 'content-range': `bytes ${start}-${end}/${read.size}` }, body: read.body };
    }
  }
}

async function answerManifest(packShelf: string): Promise<StaticAnswer> {
  const manifest = await readShelf(packShelf);
  return manifest === null ? notFound : answerJson(manifest);
}

function answerJson(value: object): StaticAnswer {
  return { status: 200, headers: { ...everyHeader, 'content-type': jsonType }, body: Buffer.from(JSON.stringify(value)) };
}

/** Windows load once and live for weeks: caching gains nothing and would put files on a disk. */
const everyHeader = {
  'cache-control': 'no-store',
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
} as const;

const notFound: StaticAnswer = {
  status: 404,
  headers: { ...everyHeader, 'content-type': 'text/plain; charset=utf-8', 'content-security-policy': "default-src 'none'" },
  body: Buffer.from('not found\n'),
};

/** A link that leads out of the folder is not followed. */
async function readInside({ folder, file }: { folder: string; file: string }): Promise<Buffer | undefined> {
  try {
    const [real, root] = await Promise.all([realpath(file), realpath(folder)]);
    return real.startsWith(root + path.sep) ? await readFile(real) : undefined;
  } catch {
    return undefined;
  }
}
