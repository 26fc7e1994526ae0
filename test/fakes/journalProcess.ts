/** `node test/fakes/journalProcess.ts FILE`: appends three records, one after the other, tells which were kept, and is gone like kill -9. */
import { writeSync } from 'node:fs';
import { openJournalFile, sinceUnnamed } from '#main/storage/index.ts';

const [file = ''] = process.argv.slice(2);
const quiet = () => {};
const journal = openJournalFile({
  file,
  log: { debug: quiet, info: quiet, warn: quiet, error: quiet },
  format: { name: 'wall', lifts: [sinceUnnamed] },
});
await journal.load();
for (const n of [1, 2, 3]) {
  const outcome = await journal.append([{ n }]).then(
    () => 'kept',
    (error: NodeJS.ErrnoException) => String(error.code),
  );
  writeSync(1, `${outcome}\n`);
}
process.kill(process.pid, 'SIGKILL');
