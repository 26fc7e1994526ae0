import { createInterface } from 'node:readline/promises';
import { Writable } from 'node:stream';
import { setTimeout as sleep } from 'node:timers/promises';
import { z } from 'zod';
import { DemoAccount, SessionOpened } from '#contract/access/index.ts';
import { routes } from '#contract/bus/index.ts';
import { DevicesFound, type FoundDevice, ProbedCameras, type ProbeRound } from '#contract/cameras/index.ts';
import { ExportFolder, type ExportRequest, ImportReport, type ImportRequest } from '#contract/directory/index.ts';
import type { FolderRequest } from '#platform/directory/index.ts';

/** What comes of an import, and of the probes that are asked for with it. */
export type Heard = { readonly onReport: (report: ImportReport) => void; readonly onProbed: ((found: ProbedCameras) => void) | null };

/** Imports into the platform that runs, as one of its administrators; with `onProbed` waits until every camera without a result has one. */
export async function importOverHttp({
  request,
  onReport,
  onProbed,
  ...target
}: { request: FolderRequest } & Heard & Target): Promise<ImportReport> {
  const files = request.files.map(({ name, read }) => ({ name, base64: read().toString('base64') }));
  const body: ImportRequest = { files, take: request.take };
  return await withAdministrator(target, async (ask) => {
    const report = ImportReport.parse(await ask(routes.directoryImport, body));
    onReport(report);
    if (onProbed !== null) await followProbes(ask, onProbed);
    return report;
  });
}

const askEveryMs = 2_000;

/** Has all cameras without a result probed, and tells each as it comes. Whoever leaves early misses the telling only. */
async function followProbes(ask: Asking, onProbed: (found: ProbedCameras) => void): Promise<void> {
  const round = async (asked: ProbeRound) => ProbedCameras.parse(await ask(routes.probeCameras, asked));
  // What was found before is not asked for: the first answer's time is where this one begins.
  let sinceMs = (await round({ ask: 'nothing', sinceMs: farFutureMs })).nowMs;
  let found = await round({ ask: 'unprobed', sinceMs });
  for (;;) {
    onProbed(found);
    sinceMs = found.cameras.at(-1)?.probe.atMs ?? sinceMs;
    if (found.waiting === 0 && found.cameras.length === 0) return;
    if (found.cameras.length === 0) await sleep(askEveryMs);
    found = await round({ ask: 'nothing', sinceMs });
  }
}

const farFutureMs = Date.UTC(9_999, 0);

/** Exports from the platform that runs, as one of its administrators. */
export async function exportOverHttp({ request, ...target }: { request: ExportRequest } & Target): Promise<ExportFolder> {
  return ExportFolder.parse(await asAdministrator({ ...target, path: routes.directoryExport, body: request }));
}

/** Has the platform that runs ask for devices, as one of its administrators. */
export async function discoverOverHttp(target: Target): Promise<readonly FoundDevice[]> {
  return DevicesFound.parse(await asAdministrator({ ...target, path: routes.discoverCameras, body: {} })).devices;
}

type Target = { readonly url: string; readonly account: string | undefined };

type Asking = (path: string, body: object) => Promise<unknown>;

async function asAdministrator({ path, body, ...target }: Target & { path: string; body: object }): Promise<unknown> {
  return await withAdministrator(target, (ask) => ask(path, body));
}

async function withAdministrator<Value>({ url, account }: Target, work: (ask: Asking) => Promise<Value>): Promise<Value> {
  const login = (await demoAdministrator(url)) ?? (await askedFor(account));
  const opened = SessionOpened.parse(await post({ url: url + routes.login, body: login }));
  try {
    return await work((path, body) => post({ url: url + path, body, session: opened.session }));
  } finally {
    await fetch(url + routes.logout, { method: 'POST', headers: { authorization: `Bearer ${opened.session}` } });
  }
}

type Login = { readonly account: string; readonly password: string };

async function demoAdministrator(url: string): Promise<Login | null> {
  const answer = await fetch(url + routes.demoAccounts);
  if (!answer.ok) return null;
  const accounts = DemoAccount.array().parse(await answer.json());
  const found = accounts.find(({ roles }) => roles.includes('administrator'));
  return found === undefined ? null : { account: found.account, password: found.password };
}

async function askedFor(account: string | undefined): Promise<Login> {
  if (account === undefined) throw new Error('The platform is running: name one of its administrators with --account NAME.');
  const password = process.env['COMMANDWALL_PASSWORD'] ?? (await askPassword(account));
  return { account, password };
}

/** Asks on the terminal without showing what is typed. */
async function askPassword(account: string): Promise<string> {
  if (!process.stdin.isTTY) throw new Error('Put the password into COMMANDWALL_PASSWORD, or run this on a terminal.');
  process.stdout.write(`Password of ${account}: `);
  const silent = new Writable({ write: (_chunk, _encoding, done) => done() });
  const terminal = createInterface({ input: process.stdin, output: silent, terminal: true });
  const password = await terminal.question('');
  terminal.close();
  process.stdout.write('\n');
  return password;
}

async function post({ url, body, session }: { url: string; body: object; session?: string }): Promise<unknown> {
  const authorization = session === undefined ? {} : { authorization: `Bearer ${session}` };
  const answer = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...authorization },
    body: JSON.stringify(body),
  });
  const content: unknown = await answer.json().catch(() => ({}));
  if (answer.ok) return content;
  const refusal = Refused.safeParse(content);
  const code = refusal.success ? refusal.data.code : String(answer.status);
  throw new Error(sentences.get(code) ?? `The platform refused (${code}).`);
}

const Refused = z.object({ code: z.string() });

const sentences = new Map([
  ['access.wrongPassword', 'Account or password is wrong.'],
  ['access.tooManyTries', 'Too many wrong passwords; wait a while.'],
  ['access.notAllowed', 'This account may not: an administrator of the whole county may.'],
  ['bus.badMessage', 'The files are too large or not readable: at most 48 MB together.'],
  ['bus.notRecorded', 'The platform could not record it. Is its disk full?'],
  ['bus.readOnly', 'The disk of the record failed: mend it and start the platform again.'],
]);
