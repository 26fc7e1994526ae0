import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { openJournalFile, sinceUnnamed } from '#main/storage/index.ts';

const canTrace = spawnSync('strace', ['-o', '/dev/null', 'true']).status === 0;
if (!canTrace) process.stderr.write('SKIPPED: strace may not trace processes here, so the failing disk of a desk is not tried\n');

let folder: string;
beforeEach(() => void (folder = mkdtempSync(path.join(tmpdir(), 'journal-fault-'))));
afterEach(() => rmSync(folder, { recursive: true }));

/** What became of three records when the syncs numbered `failing` (strace's `when`) fail as on a broken disk, then the process is killed. */
async function appendedWith(failing: string) {
  const file = path.join(folder, 'journal.jsonl');
  const fault = ['-f', '-o', '/dev/null', '-e', 'trace=fdatasync', '-e', `inject=fdatasync:error=EIO:when=${failing}`];
  const script = path.resolve(import.meta.dirname, '../fakes/journalProcess.ts');
  const { stdout } = spawnSync('strace', [...fault, process.execPath, script, file], {
    encoding: 'utf8',
    // strace counts calls per thread, and Node syncs in a pool of them.
    env: { ...process.env, UV_THREADPOOL_SIZE: '1' },
  });
  const said: string[] = [];
  const tell = (_fields: object, message: string) => void said.push(message);
  const journal = openJournalFile({
    file,
    log: { debug: tell, info: tell, warn: tell, error: tell },
    format: { name: 'wall', lifts: [sinceUnnamed] },
  });
  const records = await journal.load();
  await journal.close();
  return { outcomes: stdout.trim().split('\n'), records, said };
}

test.skipIf(!canTrace)("a desk's journal holds exactly what it said it had kept, also after a failed sync and a kill", async () => {
  expect(await appendedWith('2')).toEqual({ outcomes: ['kept', 'EIO', 'kept'], records: [{ n: 1 }, { n: 3 }], said: [] });
  rmSync(path.join(folder, 'journal.jsonl'));
  expect(await appendedWith('2+')).toEqual({ outcomes: ['kept', 'EIO', 'EIO'], records: [{ n: 1 }], said: [] });
});
