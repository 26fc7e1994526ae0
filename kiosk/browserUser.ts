import type { X509Certificate } from 'node:crypto';
import { chown, copyFile, mkdir, mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { writeCertificateStore } from './certificateStore.ts';

/** Who the browser runs as. `ownUser` = as whoever started the room, which is then no root. */
export type BrowserUser = { readonly kind: 'ownUser' } | { readonly kind: 'dedicated'; readonly uid: number; readonly gid: number };

/** The browser's own folder (home, profile, caches): readable by nobody else, gone after the room. */
export type BrowserHome = {
  readonly folder: string;
  readonly profileFolder: string;
  /** The environment for the browser: nothing of ours but the display, the language and the path. */
  readonly env: Readonly<Record<string, string>>;
  remove(): Promise<void>;
};

/**
 * A uid of our own and not `nobody`, whose processes could otherwise read the browser's memory. It lies at the end of Debian's range for
 * ordinary accounts (Debian Policy 9.2.2: 1000-59999), where no tool hands out numbers by itself.
 */
const firstUid = 59_871;

/** Root never runs a browser: it gets a uid that has no account and no files. Anybody else runs it as himself. */
export async function chooseBrowserUser({ ownUid }: { ownUid: number | undefined }): Promise<BrowserUser> {
  if (ownUid !== 0) return { kind: 'ownUser' };
  const accounts = await readFile('/etc/passwd', 'utf8').catch(() => '');
  const taken = new Set(accounts.split('\n').map((line) => Number(line.split(':')[2])));
  let uid = firstUid;
  while (taken.has(uid)) uid += 1;
  return { kind: 'dedicated', uid, gid: uid };
}

const foldersInside = ['profile', 'config', 'cache', 'data', 'run'] as const;
const homePrefix = 'commandwall-browser-';

/** Makes a fresh home below the system's temporary folder (the room's data folder may lie where only root can look). */
export async function openBrowserHome({
  user,
  env,
  believes,
}: {
  user: BrowserUser;
  env: NodeJS.ProcessEnv;
  /** Whom this browser believes besides the system's authorities; null = nobody. */
  believes: X509Certificate | null;
}): Promise<BrowserHome> {
  await removeLeftOvers();
  const folder = await mkdtemp(path.join(tmpdir(), `${homePrefix}${process.pid}-`));
  const inside = (name: (typeof foldersInside)[number]) => path.join(folder, name);
  for (const name of foldersInside) await mkdir(inside(name), { mode: 0o700 });
  const authority = await copyAuthority({ folder, env });
  const store = believes === null ? [] : await writeCertificateStore({ home: folder, authority: believes });
  if (user.kind === 'dedicated') {
    const owned = [folder, ...foldersInside.map(inside), ...store, ...(authority === undefined ? [] : [authority])];
    for (const owner of owned) await chown(owner, user.uid, user.gid);
  }
  return {
    folder,
    profileFolder: inside('profile'),
    env: {
      HOME: folder,
      XDG_CONFIG_HOME: inside('config'),
      XDG_CACHE_HOME: inside('cache'),
      XDG_DATA_HOME: inside('data'),
      XDG_RUNTIME_DIR: inside('run'),
      TMPDIR: inside('cache'),
      PATH: '/usr/local/bin:/usr/bin:/bin',
      LANG: env['LANG'] ?? 'C.UTF-8',
      ...(env['DISPLAY'] === undefined ? {} : { DISPLAY: env['DISPLAY'] }),
      ...(authority === undefined ? {} : { XAUTHORITY: authority }),
    },
    remove: () => rm(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 }),
  };
}

/** The display's cookie, in a file that the browser's user may read: whoever started the room keeps his own closed. */
async function copyAuthority({ folder, env }: { folder: string; env: NodeJS.ProcessEnv }): Promise<string | undefined> {
  const source = env['XAUTHORITY'] ?? (env['HOME'] === undefined ? undefined : path.join(env['HOME'], '.Xauthority'));
  if (source === undefined) return undefined;
  const target = path.join(folder, 'authority');
  return copyFile(source, target).then(
    () => target,
    () => undefined, // a display that asks for no cookie
  );
}

/** Homes of rooms that were killed: their process is gone. */
async function removeLeftOvers(): Promise<void> {
  const names = await readdir(tmpdir()).catch(() => []);
  for (const name of names.filter((each) => each.startsWith(homePrefix))) {
    const pid = Number(name.slice(homePrefix.length).split('-')[0]);
    const isAlive = await readFile(`/proc/${pid}/stat`).then(
      () => true,
      () => false,
    );
    if (!isAlive) await rm(path.join(tmpdir(), name), { recursive: true, force: true });
  }
}
