import { randomBytes } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import type { Context } from 'hono';
import type { SurfaceAnswers } from '../access/index.ts';

/** Written by the build where the nonce of a load belongs. */
const noncePlaceholder = '__CSP_NONCE__';
/** The bundler writes plain names; nothing else is asked in good faith. No dot files, no `..`, no `%`, no `\`. */
const plainName = /^[A-Za-z0-9_-][A-Za-z0-9._@-]*$/;
const contentTypes: ReadonlyMap<string, string> = new Map([
  ['.js', 'text/javascript; charset=utf-8'],
  ['.css', 'text/css; charset=utf-8'],
  ['.woff2', 'font/woff2'],
]);

/** The pages of administrators and of auditors and the files they load, from the folder of the built windows; null = not built, 404. */
export function adminPageAnswers({
  folder,
}: {
  folder: string | null;
}): SurfaceAnswers<'adminPage' | 'auditPage' | 'rosterPage' | 'adminAssets'> {
  const fileOf = async (...names: string[]) => (folder === null ? null : await readFile(path.join(folder, ...names)).catch(() => null));
  async function pageFrom(context: Context, name: string): Promise<Response> {
    const page = await fileOf(name);
    if (page === null) return missing(context);
    const nonce = randomBytes(16).toString('base64');
    context.header('Content-Security-Policy', policyWith(nonce));
    context.header('Referrer-Policy', 'no-referrer');
    return context.html(page.toString('utf8').replaceAll(noncePlaceholder, nonce));
  }
  return {
    adminPage: ({ context }) => pageFrom(context, 'admin.html'),
    auditPage: ({ context }) => pageFrom(context, 'audit.html'),
    rosterPage: ({ context }) => pageFrom(context, 'roster.html'),
    async adminAssets({ context }) {
      const name = context.req.param('file') ?? '';
      const contentType = contentTypes.get(path.extname(name));
      const file = contentType !== undefined && plainName.test(name) ? await fileOf('assets', name) : null;
      if (file === null || contentType === undefined) return missing(context);
      return context.body(new Uint8Array(file), 200, { 'Content-Type': contentType });
    },
  };
}

/** Stricter than a window's: the page talks to this platform alone and shows no pictures. */
function policyWith(nonce: string): string {
  return [
    "default-src 'none'",
    "script-src 'self'",
    `style-src 'self' 'nonce-${nonce}'`,
    "style-src-attr 'none'",
    "img-src 'self' data:",
    "font-src 'self'",
    "connect-src 'self'",
    "frame-src 'none'",
    "frame-ancestors 'none'",
    "base-uri 'none'",
    "form-action 'none'",
  ].join('; ');
}

function missing(context: Context): Response {
  return context.json({ code: 'bus.noSuchPage' }, 404);
}
