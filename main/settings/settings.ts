import { z } from 'zod';
import { Language } from '#contract/bridge/index.ts';
import type { LinkLog } from '#contract/link/index.ts';
import { type FileFormat, readVersionedJson, writeJsonFile } from '#main/storage/index.ts';

const Saved = z.strictObject({ version: z.literal(1), language: Language, startLanguage: Language });

/** Settings named their version from the beginning. */
const format: FileFormat<unknown> = { name: 'settings', lifts: [() => null] };

/** What this workstation remembers of its people's choices. Written when it changes, never at quit (safety.md). */
export type Settings = { language(): Language; setLanguage(language: Language): Promise<void> };

/**
 * Reads the settings. `startLanguage` is the language that the start was asked for: it counts when it differs from last time's,
 * otherwise the choice made on screen stays. Rejects with a sentence when a newer version of the program wrote them.
 */
export async function openSettings(options: { file: string; startLanguage: Language; log: LinkLog }): Promise<Settings> {
  const { file, startLanguage, log } = options;
  const saved = Saved.safeParse(await readVersionedJson({ file, format }));
  let language = saved.success && saved.data.startLanguage === startLanguage ? saved.data.language : startLanguage;
  return {
    language: () => language,
    setLanguage: async (next) => {
      language = next;
      const kept: z.infer<typeof Saved> = { version: 1, language, startLanguage };
      await writeJsonFile(file, kept).catch((error: unknown) => log.error({ err: error, file }, 'the language is not remembered'));
    },
  };
}
