import { X509Certificate } from 'node:crypto';
import { z } from 'zod';
import { EpochMs } from '#contract/values/index.ts';
import { type FileFormat, readVersionedJson, writeJsonFile } from '#main/storage/index.ts';

const Saved = z.strictObject({
  version: z.literal(1),
  /** The authority's certificate, PEM. */
  authority: z.string().max(20_000),
  since: EpochMs,
  how: z.enum(['fileHandedOver', 'fingerprintCompared']),
});

/** Named its version from the beginning. */
const format: FileFormat<unknown> = { name: 'trust', lifts: [() => null] };

/** The authority that this desk believes, and since when. */
export type TrustedAuthority = { readonly certificate: X509Certificate; readonly sinceMs: number };

/** Null = nobody has said yet whom to believe. Rejects with a sentence when a newer version of the program wrote the file. */
export async function readTrust(file: string): Promise<TrustedAuthority | null> {
  const saved = Saved.safeParse(await readVersionedJson({ file, format }));
  if (!saved.success) return null;
  return { certificate: new X509Certificate(saved.data.authority), sinceMs: saved.data.since };
}

export async function writeTrust(
  file: string,
  { certificate, sinceMs, how }: TrustedAuthority & { how: z.infer<typeof Saved>['how'] },
): Promise<void> {
  const saved: z.infer<typeof Saved> = { version: 1, authority: certificate.toString(), since: sinceMs, how };
  await writeJsonFile(file, saved);
}
