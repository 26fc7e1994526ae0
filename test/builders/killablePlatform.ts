import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { SessionOpened } from '#contract/access/index.ts';
import { type Handshake, protocolVersion, routes } from '#contract/bus/index.ts';
import type { AttachedPerson } from '#contract/link/index.ts';
import { countyFeed, type FeedFact } from '#contract/record/index.ts';
import type { CountyId } from '#contract/values/index.ts';
import { openSqliteStore } from '#platform/record/index.ts';
import { enrol, post } from './platform.ts';
import { claimAdministrator, importCameras, type PlatformProcess, startPlatform } from './platformProcess.ts';

/** How a platform's process is started: its environment, a program that watches it or runs it elsewhere, more arguments. */
export type StartedHow = {
  readonly env?: Readonly<Record<string, string>>;
  readonly under?: readonly string[];
  readonly args?: readonly string[];
};

/** A platform in a process of its own that is killed and started again on the same record and the same port. */
export type KillablePlatform = Awaited<ReturnType<typeof openKillablePlatform>>;

/** The county's feed of a platform that is no demo. */
export const killableCounty = 'county' as CountyId;

/** Starts one on a fresh data folder with an administrator and as many cameras (`no-c0`, `no-c1`, ...). */
export async function openKillablePlatform({ cameras, folder }: { cameras: number; folder?: string }) {
  const data = folder ?? mkdtempSync(path.join(tmpdir(), 'killable-'));
  let platform: PlatformProcess = startPlatform({ data });
  const firstUrl = await platform.ready;
  if (firstUrl === null) throw new Error((await platform.ended).said);
  const url = firstUrl;
  const session = await claimAdministrator({ platform, url });
  await importCameras({ url, session, numbers: Array.from({ length: cameras }, (_, index) => `c${index}`) });

  async function kill(): Promise<void> {
    platform.child.kill('SIGKILL');
    await platform.ended;
  }

  return {
    data,
    url,
    session,
    process: () => platform,
    kill,
    /** Starts it again where it was. Null when it ended before it was ready. */
    async start({ args = [], ...how }: StartedHow = {}): Promise<string | null> {
      platform = startPlatform({ data, args: ['--port', new URL(url).port, ...args], ...how });
      return await platform.ready;
    },
    async enrol(): Promise<Handshake> {
      const { deskId, deviceKey } = await enrol({ url, session });
      return { protocolVersion, deskId, deviceKey };
    },
    async signIn(): Promise<AttachedPerson> {
      const answer = await post({ url: `${url}${routes.login}`, body: { account: 'root', password: 'a long password' } });
      const opened = SessionOpened.parse(await answer.json());
      return { session: opened.session, personId: opened.person.personId };
    },
    /** Everything that the county's feed holds on the disk behind the imports that it was founded with; after the end of the process. */
    async recorded(): Promise<readonly FeedFact[]> {
      return (await readCounty(data)).filter((placed) => !isImport(placed));
    },
    /** Where those imports end. */
    async founded(): Promise<FeedFact> {
      const last = (await readCounty(data)).findLast(isImport);
      if (last === undefined) throw new Error('the record was founded with no import');
      return last;
    },
    async remove(): Promise<void> {
      await kill();
      rmSync(data, { recursive: true, force: true });
    },
  };
}

async function readCounty(data: string): Promise<readonly FeedFact[]> {
  const store = await openSqliteStore({ file: path.join(data, 'record.sqlite'), newEpoch: 'unused' });
  const epoch = await store.epoch();
  const facts = await store.readFacts({ feed: countyFeed(killableCounty), epoch, afterSeq: 0, limit: 1_000_000 });
  await store.close();
  return facts;
}

const isImport = ({ fact }: FeedFact) => fact.type === 'directory.imported';
