import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import type { Power } from '#main/shell/index.ts';
import type { KioskLog } from './log.ts';

/** Turns the X server's screen saver and power saving off; back to its defaults afterwards. A desk without `xset` is told once. */
export function createXsetPower({ env, log }: { readonly env: NodeJS.ProcessEnv; readonly log: KioskLog }): Power {
  const xset = (args: readonly string[]) =>
    promisify(execFile)('xset', [...args], { env, timeout: 5000 }).catch((error: unknown) =>
      log.warn({ args, error: String(error).slice(0, 200) }, 'monitors may fall asleep: xset did not work'),
    );
  return {
    keepDisplaysAwake() {
      void xset(['s', 'off', '-dpms']);
      return () => void xset(['s', 'default', '+dpms']);
    },
  };
}
