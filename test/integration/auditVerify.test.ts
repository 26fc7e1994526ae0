import { execFileSync } from 'node:child_process';
import { copyFileSync, cpSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { SignedHeads } from '#contract/audit/index.ts';
import { createHeadsKeeper } from '#main/audit/index.ts';
import { createHeadFiles, openAuditKeys, verifyFolder } from '#platform/audit/index.ts';
import { openSqliteStore } from '#platform/record/index.ts';
import { createHandPorts } from '#platform/record/testing/handPorts.ts';
import { faultReport, openCountyDesk } from '../builders/openDesk.ts';
import { logIn, openTestPlatform } from '../builders/platform.ts';

const silent = () => {};
const quiet = { debug: silent, info: silent, warn: silent, error: silent };

let root: string;
let dataFolder: string;
let heads: string;
let runningFindings: readonly object[];

/** A platform on a disk, on which people log in and report faults over some minutes, while a desk keeps the signed heads. */
beforeAll(async () => {
  root = mkdtempSync(path.join(tmpdir(), 'verify-'));
  [dataFolder, heads] = [path.join(root, 'platform'), path.join(root, 'heads')];
  const { clock, timers, advanceMs } = createHandPorts();
  const keeper = createHeadsKeeper({ folder: heads, log: quiet });
  cpSync(mkdtempSync(path.join(tmpdir(), 'empty-')), dataFolder, { recursive: true });
  const file = path.join(dataFolder, 'record.sqlite');
  const store = await openSqliteStore({ file, newEpoch: 'e1' });
  const audit = { keys: openAuditKeys(dataFolder), lists: createHeadFiles(path.join(dataFolder, 'signed-heads')) };
  const { url, close } = await openTestPlatform({ store, audit, clock, timers });
  const duty = await openCountyDesk(url);
  const arrived: Promise<void>[] = [];
  duty.desk.socket.on('signedHeads', (message) => void arrived.push(keeper.keep(SignedHeads.parse(message))));
  for (let minute = 1; minute <= 5; minute += 1) {
    const cameraId = { 2: 'east-a', 4: 'west-a' }[minute] ?? 'nowhere';
    await duty.desk.ask('command', faultReport({ session: duty.session, deskSeq: minute, cameraId }));
    await logIn({ url, account: 'town' });
    const signed = new Promise((resolve) => duty.desk.socket.once('signedHeads', resolve));
    advanceMs(60_000);
    await signed;
    if (minute === 2) copyFileSync(file, path.join(root, 'old.sqlite'));
    if (minute === 2) copyFileSync(`${file}-wal`, path.join(root, 'old.sqlite-wal'));
  }
  await Promise.all(arrived);
  runningFindings = (await verifyFolder({ dataFolder, headFolders: [heads] })).findings;
  duty.desk.close();
  await close();
});
afterAll(() => rmSync(root, { recursive: true }));

/** Checks a copy of the platform's folder after something was done to it. */
async function check(tamper: (copy: { file: string; folder: string; sql: (statements: string) => void }) => void, headFolders = [heads]) {
  const folder = mkdtempSync(path.join(root, 'copy-'));
  cpSync(dataFolder, folder, { recursive: true });
  const file = path.join(folder, 'record.sqlite');
  const sql = (statements: string) => {
    const database = new DatabaseSync(file);
    database.exec(`PRAGMA foreign_keys = OFF; ${statements}`);
    database.close();
  };
  tamper({ file, folder, sql });
  const { findings, places, signed } = await verifyFolder({ dataFolder: folder, headFolders });
  const told = findings.map(({ code, feed }) => `${code} ${feed?.split('/')[0] ?? '-'}`);
  return { told: [...new Set(told)].toSorted(), places, signed };
}

const cutTail = (feed: string) => `
  DELETE FROM receipts;
  DELETE FROM feed_index WHERE feed LIKE '${feed}/%' AND seq = (SELECT max(seq) FROM feed_index WHERE feed LIKE '${feed}/%');
  DELETE FROM facts WHERE gid NOT IN (SELECT gid FROM feed_index);
  UPDATE feeds SET head_seq = head_seq - 1, head_hash = (SELECT hash FROM feed_index AS kept WHERE kept.feed = feeds.feed
    ORDER BY seq DESC LIMIT 1) WHERE feed LIKE '${feed}/%';`;

test('an untouched record has no findings, while its platform runs and afterwards', async () => {
  const { told, places, signed } = await check(() => {});
  expect([runningFindings, told, signed]).toEqual([[], [], 5]);
  expect(places).toBeGreaterThan(10);
});

test.each([
  ['a byte of a payload', `UPDATE facts SET payload = replace(payload, 'blurred', 'blurree')`, 'otherFact county'],
  ['an actor', `UPDATE facts SET actor = 'person/p-0' WHERE type = 'audit.loggedIn'`, 'otherFact audit'],
  ['a fact that is gone', `DELETE FROM facts WHERE type = 'audit.commandRefused'`, 'factMissing audit'],
  ['a place that is gone', `DELETE FROM feed_index WHERE feed LIKE 'audit/%' AND seq = 2`, 'gap audit'],
  [
    'a fact that no feed holds',
    `INSERT INTO facts SELECT 900, county_id, type, v, at_ms, actor, command_id, subject, payload FROM facts LIMIT 1`,
    'unplacedFact -',
  ],
  ['a receipt of more facts', `UPDATE receipts SET reply = '{"ok":true,"value":7}' WHERE reply LIKE '%"ok":true%'`, 'otherReceipt -'],
])('%s is found without kept heads', async (_name, statements, finding) => {
  const { told } = await check(({ sql }) => sql(statements), []);
  expect(told).toContain(finding);
});

test('a tail that was cut off cleanly is found by the heads of the desk that reads the feed, and only by heads', async () => {
  const withLists = await check(({ sql }) => sql(cutTail('county')));
  const alone = await check(({ sql, folder }) => {
    sql(cutTail('county'));
    rmSync(path.join(folder, 'signed-heads'), { recursive: true });
  }, []);
  expect([withLists.told.includes('otherThanSigned county'), alone.told]).toEqual([true, []]);
});

test('a tail of a feed that the desk may not read is found by the list behind the seal; without the list the seal stays closed', async () => {
  const cut = await check(({ sql }) => sql(cutTail('audit')));
  const bent = await check(({ sql, folder }) => {
    sql(cutTail('audit'));
    rmSync(path.join(folder, 'signed-heads'), { recursive: true });
  });
  expect([cut.told, bent.told]).toEqual([['otherThanSigned audit'], ['brokenSeal -']]);
});

test("yesterday's database put back is noticed by what the desk kept since", async () => {
  const { told } = await check(({ file }) => {
    copyFileSync(path.join(root, 'old.sqlite'), file);
    copyFileSync(path.join(root, 'old.sqlite-wal'), `${file}-wal`);
    rmSync(`${file}-shm`, { force: true });
  });
  expect(told.filter((finding) => finding.startsWith('otherThanSigned')).length).toBeGreaterThan(0);
});

test('heads that somebody signed with a key of his own are no heads of this platform', async () => {
  const { told } = await check(({ folder }) => {
    rmSync(path.join(folder, 'audit-key.pem'));
    openAuditKeys(folder);
  });
  expect(told).toEqual(['badSignature -']);
});

test('a line that a power cut tore is passed over, a changed one is not', async () => {
  const folder = mkdtempSync(path.join(root, 'torn-'));
  cpSync(heads, folder, { recursive: true });
  writeFileSync(path.join(folder, '2026-01-01.jsonl'), '{"atMs":17638');
  const torn = await check(() => {}, [folder]);
  writeFileSync(path.join(folder, '2026-01-01.jsonl'), '{"atMs":1763800000000}\n');
  const changed = await check(() => {}, [folder]);
  expect([torn.told, changed.told]).toEqual([[], ['badSignature -']]);
});

test('the command says where in words, and its exit code says whether', () => {
  const folder = mkdtempSync(path.join(root, 'tool-'));
  cpSync(dataFolder, folder, { recursive: true });
  const run = (...more: string[]) =>
    execFileSync(process.execPath, ['tools/verifyAudit.ts', '--data', folder, '--heads', heads, ...more], {
      encoding: 'utf8',
      stdio: 'pipe',
    });
  expect(run()).toContain('未发现改动');
  const database = new DatabaseSync(path.join(folder, 'record.sqlite'));
  const { feed, seq } = database
    .prepare(`SELECT feed, seq FROM feed_index JOIN facts USING (gid) WHERE type = 'audit.loggedIn' ORDER BY gid LIMIT 1`)
    .get() as { feed: string; seq: number };
  database.exec(`UPDATE facts SET at_ms = at_ms + 1 WHERE type = 'audit.loggedIn'`);
  database.close();
  let failed: { status: number; stdout: string } | null = null;
  try {
    run('--lang', 'en');
  } catch (error) {
    failed = error as { status: number; stdout: string };
  }
  expect(failed?.status).toBe(1);
  // The first changed one: what stands before it is as it was, and is not named.
  expect(failed?.stdout).toContain(`${feed}, number ${seq} (e1): the fact here is not the one that was recorded`);
  expect([feed.split('/')[0], /number (\d+) /.exec(failed?.stdout ?? '')?.[1]]).toEqual(['audit', `${seq}`]);
});
