import { readFile, realpath } from 'node:fs/promises';
import path from 'node:path';
import { contentSecurityPolicy, freshNonce, noncePlaceholder } from './contentSecurityPolicy.ts';

/** One answer to a window's request, in words that HTTP (kiosk) and a custom protocol (electron) both speak. */
export type StaticAnswer = {
  readonly status: 200 | 404;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer;
};

/** The built windows (dist/renderer) as answers. */
export type StaticPages = {
  /** `pathname` as it stands in the URL, still percent-encoded. Whatever is not plainly a file of the folder is a 404. */
  answer(pathname: string): Promise<StaticAnswer>;
};

const contentTypes: ReadonlyMap<string, string> = new Map([
  ['.html', 'text/html; charset=utf-8'],
  ['.js', 'text/javascript; charset=utf-8'],
  ['.css', 'text/css; charset=utf-8'],
  ['.json', 'application/json; charset=utf-8'],
  ['.svg', 'image/svg+xml'],
  ['.png', 'image/png'],
  ['.jpg', 'image/jpeg'],
  ['.webp', 'image/webp'],
  ['.ico', 'image/x-icon'],
  ['.woff2', 'font/woff2'],
  ['.wasm', 'application/wasm'],
]);

/** No dot files, no `..`, no `%`, no `\`: the bundler writes none, so nothing else is asked in good faith. */
const plainPath = /^(?:\/[A-Za-z0-9_-][A-Za-z0-9._@-]*)+$/;

/** Serves the files below `folder`; each page gets a nonce of its own and the policy that names it. */
export function openStaticPages({ folder, connect }: { readonly folder: string; readonly connect: readonly string[] }): StaticPages {
  return {
    async answer(pathname) {
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
        headers: { ...headers, 'content-security-policy': contentSecurityPolicy({ nonce, connect }) },
        body: Buffer.from(body.toString('utf8').replaceAll(noncePlaceholder, nonce)),
      };
    },
  };
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
