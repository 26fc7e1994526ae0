import type { Basemap } from '#contract/map/index.ts';
import type { Randomness } from '#contract/values/index.ts';
import { type GroundPorts, isOnlyUnreadable } from './askGround.ts';
import { GroundFailure, type GroundTrouble } from './groundFailure.ts';
import { createGroundGuard } from './groundGuard.ts';
import { type GroundSheet, openSheets, type OpenSheet, type TileAt } from './readTiles.ts';

/** The protocol of its tiles: `ground://<sheet>/<z>/<x>/<y>`. No address and no key of the source stands in a style. */
export const groundProtocol = 'ground';

/** The address of a sheet's tiles, as a style names it. */
export function groundTiles(index: number): string {
  return `${groundProtocol}://${index}/{z}/{x}/{y}`;
}

/** A ground of another source than the pack, while a map shows it. */
export type OpenGround = {
  /** Answers the drawing library; rejects where there is no tile. */
  load(request: { readonly url: string }, ending: AbortController): Promise<{ data: ImageBitmap | ArrayBuffer }>;
  stop(): void;
};

type Options = GroundPorts & {
  readonly basemap: Exclude<Basemap, { kind: 'pack' }>;
  readonly randomness: Randomness;
  readonly decode: (picture: Blob) => Promise<ImageBitmap>;
  /** What there is to draw, once the source has said so; empty = nothing. */
  readonly onSheets: (sheets: readonly GroundSheet[]) => void;
  readonly onTrouble: (trouble: GroundTrouble | null) => void;
  /** Tiles of a sheet that failed and may be had now. */
  readonly onAgain: (sheet: number, tiles: readonly TileAt[]) => void;
};

// More than a window of any size shows; what is beyond is asked for when one moves.
const keptFailures = 600;

/** Opens the source, now or when its server answers. */
export function openGround({ basemap, randomness, decode, onSheets, onTrouble, onAgain, ...ports }: Options): OpenGround {
  const ending = new AbortController();
  const failed = new Map<string, { sheet: number; at: TileAt }>();
  let sheets: readonly OpenSheet[] = [];
  let trouble: GroundTrouble | null = null;
  const askAgain = () => {
    for (const [sheet, tiles] of Map.groupBy(failed.values(), (one) => one.sheet))
      onAgain(
        sheet,
        tiles.map(({ at }) => at),
      );
    failed.clear();
  };
  const guard = createGroundGuard({
    timers: ports.timers,
    randomness,
    onTrouble: (why) => {
      trouble = why;
      onTrouble(why);
    },
    onBack: askAgain,
    explain: async (why) => {
      const url = firstAddress(basemap);
      return why === 'unreachable' && (await isOnlyUnreadable({ fetcher: ports.fetcher, url })) ? 'notAllowed' : why;
    },
  });
  const open = async () => {
    const opened = await openSheets({ ...ports, basemap, signal: ending.signal });
    if (ending.signal.aborted) return;
    sheets = opened;
    onSheets(opened.map(({ sheet }) => sheet));
  };
  void guard.run({ ask: open, again: open, patience: 'none' }).catch(() => {});

  const tile = async ({ sheet, at, signal }: { sheet: number; at: TileAt; signal: AbortSignal }) => {
    const found = await sheets[sheet]?.tile(at, signal);
    if (found === null || found === undefined) return null;
    return basemap.kind === 'wmts' || basemap.tiles === 'pictures' ? await picture(decode, found) : await vectors(found);
  };
  return {
    load: async ({ url }, { signal }) => {
      const [sheet = 0, z = 0, x = 0, y = 0] = url
        .slice(groundProtocol.length + 3)
        .split('/')
        .map(Number);
      // A map that is drawn anew asks for everything again: of what is not there the guard's own looks are enough.
      if (trouble === 'missing' && failed.has(url)) throw new GroundFailure('missing');
      const asked = { sheet, at: { z, x, y } };
      try {
        const data = await guard.run({
          ask: () => tile({ ...asked, signal }),
          again: () => tile({ ...asked, signal: ending.signal }),
          patience: 'some',
        });
        if (data !== null) return { data };
      } catch (error) {
        if (error instanceof GroundFailure && failed.size < keptFailures) failed.set(url, asked);
        throw error;
      }
      // Nothing is drawn where there is no picture, and a tile without anything where there are no shapes.
      if (basemap.kind === 'wmts' || basemap.tiles === 'pictures') throw new GroundFailure('missing');
      return { data: new ArrayBuffer(0) };
    },
    stop: () => {
      ending.abort();
      guard.stop();
    },
  };
}

async function picture(decode: Options['decode'], tile: Blob): Promise<ImageBitmap> {
  try {
    return await decode(tile);
  } catch {
    throw new GroundFailure('notTiles');
  }
}

/** A page of words in a tile's place begins with `<` or `{`; no vector tile does (its first byte says which field of it follows). */
async function vectors(tile: Blob): Promise<ArrayBuffer> {
  const bytes = await tile.arrayBuffer();
  const [first] = new Uint8Array(bytes, 0, Math.min(1, bytes.byteLength));
  if (first === 0x3c || first === 0x7b) throw new GroundFailure('notTiles');
  return bytes;
}

/** Some address of the source that answers if anything does. */
function firstAddress(basemap: Options['basemap']): string {
  return basemap.kind === 'wmts' ? new URL(basemap.templates[0] ?? '').origin : basemap.url;
}
