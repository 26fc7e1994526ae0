import { createBirpc } from 'birpc';
import { FetchSource } from 'pmtiles';
import { z } from 'zod';
import { packFilePath } from '#contract/map/index.ts';
import { createLand, type Land } from './createLand.ts';

// The page's policy forbids eval; a worker has its own copy of zod.
z.config({ jitless: true });

/** What the worker answers: the land's questions, about the pack whose hash is its name. */
export type LandFunctions = { [Question in keyof Land]: Land[Question] };

const hash = self.name;
const pathOf = (file: string) => new URL(packFilePath({ hash, file }), self.location.origin).href;
const land = createLand({
  ranges: (file) => new FetchSource(pathOf(file)),
  whole: async (file) => {
    const answer = await fetch(pathOf(file));
    if (!answer.ok) throw new Error(`${file}: ${answer.status}`);
    return new Uint8Array(await answer.arrayBuffer());
  },
});

createBirpc<object, LandFunctions>(land, {
  post: (message) => self.postMessage(message),
  on: (take) => self.addEventListener('message', ({ data }) => take(data)),
});
