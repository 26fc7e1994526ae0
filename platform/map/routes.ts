import type { Context } from 'hono';
import { readPackPath } from '#contract/map/index.ts';
import type { SurfaceAnswers } from '../access/index.ts';
import type { PackShelves } from './packShelf.ts';

/** A pack's bytes never change under their hash; they are for whoever asked, not for caches between. */
const immutable = 'private, max-age=31536000, immutable';

/** Which county pack there is, and its files, whole or in parts. */
export function mapAnswers({ packs }: { packs: PackShelves }): SurfaceAnswers<'mapManifest' | 'mapFile'> {
  return {
    async mapManifest({ context }) {
      const manifest = await packs.manifest();
      return manifest === null ? context.json({ code: 'map.noPack' }, 404) : context.json(manifest);
    },
    async mapFile({ context }) {
      const named = readPackPath(context.req.path);
      if (named === null) return context.json({ code: 'map.noPack' }, 404);
      const etag = `"${named.hash.slice(0, 32)}-${named.file}"`;
      const headers = { 'Cache-Control': immutable, ETag: etag, 'Accept-Ranges': 'bytes' };
      if (context.req.header('if-none-match') === etag) return context.body(null, 304, headers);
      return await answerFile({ context, packs, named, headers });
    },
  };
}

type Asked = {
  readonly context: Context;
  readonly packs: PackShelves;
  readonly named: { readonly hash: string; readonly file: string };
  readonly headers: Readonly<Record<string, string>>;
};

async function answerFile({ context, packs, named, headers }: Asked): Promise<Response> {
  const found = await packs.open({ ...named, range: context.req.header('range') });
  switch (found.kind) {
    case 'missing':
      return context.json({ code: 'map.noPack' }, 404);
    case 'beyond':
      return context.body(null, 416, { ...headers, 'Content-Range': `bytes */${found.size}` });
    case 'bytes': {
      const typed = { ...headers, 'Content-Type': 'application/octet-stream' };
      if (found.range.kind === 'whole') return context.body(found.body, 200, { ...typed, 'Content-Length': String(found.size) });
      const { start, end } = found.range;
      const part = { 'Content-Length': String(end - start + 1), 'Content-Range': `bytes ${start}-${end}/${found.size}` };
      return context.body(found.body, 206, { ...typed, ...part });
    }
  }
}
