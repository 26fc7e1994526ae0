import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { promisify } from 'node:util';
import type { Timers } from '#contract/values/index.ts';
import type { Displays } from './ports.ts';
import { toPresentDisplays } from './presentDisplays.ts';
import { parseXrandr } from './xrandr.ts';

const lookEveryMs = 2000;
const patienceMs = 5000;

/**
 * The monitors of an X server (also Xwayland), as the server knows them from the kernel's hot-plug events (`--current`): asking the monitors
 * themselves would stop the server, and with it every moving picture, for a moment each time. Changes are noticed by comparing every 2 s, from
 * what was listed last on: a display that goes between the list and the listening is told too.
 */
export function createXrandrDisplays({ env, timers }: { readonly env: NodeJS.ProcessEnv; readonly timers: Timers }): Displays {
  const twins = new Set<string>();
  const ask = async () => (await promisify(execFile)('xrandr', ['--current', '--verbose'], { env, timeout: patienceMs })).stdout;
  let listed: string | undefined;
  return {
    async list() {
      const text = await ask();
      listed = fingerprint(text);
      return toPresentDisplays({ outputs: parseXrandr(text), twins });
    },
    onChange(listener) {
      let last = listed;
      let stopWaiting = () => {};
      let isStopped = false;
      const look = async () => {
        const now = await ask().then(fingerprint, () => last); // a server that does not answer is no change
        if (isStopped) return;
        if (last !== undefined && now !== last) listener();
        last = now;
        stopWaiting = timers.afterMs(lookEveryMs, () => void look());
      };
      void look();
      return () => {
        isStopped = true;
        stopWaiting();
      };
    },
  };
}

/** Timestamps change by themselves; everything else is worth a look. */
function fingerprint(text: string): string {
  return createHash('sha256')
    .update(text.replace(/^\s+Timestamp:.*$/gm, ''))
    .digest('hex');
}
