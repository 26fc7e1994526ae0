/**
 * Switches that would hand the windows to somebody else or take their protection away (safety.md, "Electron, exactly"): a shortcut on the
 * desktop is enough to add one, so the room refuses to start instead of running without a lock.
 */
const refusedAlways = [
  'remote-debugging-port',
  'remote-debugging-pipe',
  'remote-debugging-address',
  'remote-allow-origins',
  'inspect',
  'inspect-brk',
  'inspect-port',
  'js-flags',
  'disable-web-security',
  'disable-site-isolation-trials',
  'allow-running-insecure-content',
  'unsafely-treat-insecure-origin-as-secure',
  'ignore-certificate-errors',
  'ignore-certificate-errors-spki-list',
  'host-rules',
  'host-resolver-rules',
  'proxy-pac-url',
  'proxy-auto-detect',
  'load-extension',
  'user-data-dir',
  'gpu-launcher',
  'renderer-cmd-prefix',
  'utility-cmd-prefix',
  'use-fake-ui-for-media-stream',
] as const;

/** In development a container may have no sandbox (every screen says so then); an installed room always has one. */
const refusedWhenPackaged = ['no-sandbox', 'disable-setuid-sandbox', 'disable-namespace-sandbox', 'disable-gpu-sandbox'] as const;

export type CommandLineQuestion = {
  /** The whole command line, as Chromium and Node see it. */
  readonly argv: readonly string[];
  readonly isPackaged: boolean;
  /** The one proxy that the county's policy allows; null = none. */
  readonly allowedProxy: string | null;
};

/** The switches for which the room must not start, as they were written; empty = all is well. */
export function refusedSwitches({ argv, isPackaged, allowedProxy }: CommandLineQuestion): readonly string[] {
  const names: ReadonlySet<string> = new Set([...refusedAlways, ...(isPackaged ? refusedWhenPackaged : [])]);
  return argv.filter((word) => {
    const { name, value } = toSwitch(word);
    if (name === 'proxy-server') return value !== allowedProxy;
    return names.has(name);
  });
}

/** Chromium takes `--name=value`, `-name` and, on Windows, `/name`, in any case there. */
function toSwitch(word: string): { name: string; value: string | null } {
  const [, name = '', value] = /^(?:--?|\/)([^=]+)(?:=(.*))?$/s.exec(word) ?? [];
  return { name: name.toLowerCase(), value: value ?? null };
}
