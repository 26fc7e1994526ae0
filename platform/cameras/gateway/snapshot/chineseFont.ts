import { spawn } from 'node:child_process';

/** Families to prefer when there are several; set-up installs the first (fonts-noto-cjk). */
const preferred = ['Noto Sans CJK SC', 'Source Han Sans SC', 'WenQuanYi Micro Hei', 'WenQuanYi Zen Hei'] as const;

/** Finds the family of a font that has Chinese characters; null where there is none: then nothing is marked, and so nothing kept. A port. */
export type FindFont = () => Promise<string | null>;

/** Asks fontconfig, whose fonts ffmpeg draws with; once, until there is one. */
export function findChineseFont(): FindFont {
  let found: Promise<string | null> | null = null;
  return async () => {
    found ??= ask();
    const family = await found;
    if (family === null) found = null;
    return family;
  };
}

async function ask(): Promise<string | null> {
  const child = spawn('fc-list', [':lang=zh-cn', '--format', '%{family[0]}\n'], { stdio: ['ignore', 'pipe', 'ignore'] });
  // 'error' (no fontconfig here) is followed by 'close' as well.
  child.on('error', () => {});
  let text = '';
  child.stdout.setEncoding('utf8').on('data', (chunk: string) => (text += chunk));
  await new Promise((resolve) => child.on('close', resolve));
  const families = new Set(text.split('\n').filter((family) => family !== ''));
  return preferred.find((family) => families.has(family)) ?? [...families].toSorted()[0] ?? null;
}
