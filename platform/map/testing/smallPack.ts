import { createHash } from 'node:crypto';
import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { packDigest, packFiles, PackManifest } from '#contract/map/index.ts';

const sha256 = (content: Uint8Array | string) => createHash('sha256').update(content).digest('hex');

/** A county pack of a few bytes: whole by its manifest, though no map could draw it. Other words make another pack. */
export function smallPack({ countyId, words = 'first' }: { countyId: string; words?: string }) {
  const files = new Map(Object.values(packFiles).map((name) => [name, Buffer.from(`${words}: ${name} `.repeat(40))]));
  const body = {
    ...{ format: 'commandwall-county-pack' as const, version: 1 as const, countyId: countyId as PackManifest['countyId'] },
    ...{ name: '安澜县', nameEn: 'Anlan County', bounds: [108, 33, 109, 34] as const, attribution: { zh: '虚构', en: 'invented' } },
    zooms: { base: [7, 14] as [number, number], terrain: [7, 12] as [number, number] },
    files: [...files].map(([name, bytes]) => ({ name, bytes: bytes.length, sha256: sha256(bytes) })),
  };
  return { files, manifest: PackManifest.parse({ ...body, contentHash: sha256(packDigest(body)) }) };
}

/** Writes a pack as somebody would bring it (`flat`), or as it lies on a shelf. */
export async function writeSmallPack({
  folder,
  pack,
  as,
}: {
  folder: string;
  pack: ReturnType<typeof smallPack>;
  as: 'flat' | 'shelf';
}): Promise<void> {
  const below = as === 'flat' ? folder : path.join(folder, pack.manifest.contentHash);
  await mkdir(below, { recursive: true });
  for (const [name, bytes] of pack.files) await writeFile(path.join(below, name), bytes);
  await writeFile(path.join(folder, 'manifest.json'), JSON.stringify(pack.manifest));
}
