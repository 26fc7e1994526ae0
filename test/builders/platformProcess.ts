import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { routes } from '#contract/bus/index.ts';
import { SessionOpened } from '#contract/access/index.ts';
import { post } from './platform.ts';

const script = path.resolve(import.meta.dirname, '../../platform/bin/platform.ts');

/** The platform as its own process. `ended` resolves with its exit code (or signal) and everything it said on stderr. */
export type PlatformProcess = {
  readonly child: ChildProcess;
  /** Resolves with its URL, null when it ended before it was ready. */
  readonly ready: Promise<string | null>;
  readonly ended: Promise<{ how: number | NodeJS.Signals; said: string }>;
  /** The first administrator's code, as soon as it is printed. */
  readonly code: Promise<string>;
};

/** Starts a platform that is no demo, on a data folder. `under` = a program that runs it and watches, such as strace. */
export function startPlatform({
  data,
  args = [],
  env = {},
  under = [],
}: {
  data: string;
  args?: readonly string[];
  env?: Readonly<Record<string, string>>;
  under?: readonly string[];
}): PlatformProcess {
  const own = ['--data', data, '--port', '0', '--reserve-mb', '1'];
  const [file = process.execPath, ...words] = [...under, process.execPath, script, ...own, ...args];
  const child = spawn(file, words, { stdio: ['ignore', 'pipe', 'pipe'], env: { ...process.env, ...env } });
  let said = '';
  const code = new Promise<string>((resolve) => {
    child.stderr.on('data', (bytes: Buffer) => {
      said += bytes.toString('utf8');
      const printed = /administrator: (\S+)\n/.exec(said)?.[1];
      if (printed !== undefined) resolve(printed);
    });
  });
  const ended = once(child, 'close').then(([code, signal]) => ({ how: (code ?? signal) as number | NodeJS.Signals, said }));
  const ready = new Promise<string | null>((resolve) => {
    createInterface({ input: child.stdout }).on('line', (line) => resolve((JSON.parse(line) as { url: string }).url));
    void ended.then(() => resolve(null));
  });
  return { child, ready, ended, code };
}

/** Names the first administrator of a fresh platform and logs him in. */
export async function claimAdministrator({ platform, url }: { platform: PlatformProcess; url: string }): Promise<string> {
  const account = { account: 'root', password: 'a long password' };
  await post({ url: `${url}${routes.firstAdministrator}`, body: { ...account, name: '李管', code: await platform.code } });
  const answer = await post({ url: `${url}${routes.login}`, body: account });
  return SessionOpened.parse(await answer.json()).session;
}

/** Imports cameras by their numbers into the county's own region. */
export async function importCameras({
  url,
  session,
  numbers,
}: {
  url: string;
  session: string;
  numbers: readonly string[];
}): Promise<void> {
  const text = ['编号,名称,所属区域', ...numbers.map((number) => `${number},路口${number},county`)].join('\n');
  const files = [{ name: 'cameras.csv', base64: Buffer.from(text).toString('base64') }];
  await post({ url: `${url}${routes.directoryImport}`, body: { files, take: 'all' }, token: session });
}
