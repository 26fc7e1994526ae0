/** What strace is told so that `readAckOrder` can read it: which calls, with file names, and long enough to hold a whole reply or a whole page of the log. */
export const straceWords = (file: string): readonly string[] => [
  ...['strace', '-D', '-f', '-y', '-s', '4400', '-o', file],
  ...['-e', 'trace=pwrite64,fdatasync,fsync,write,writev,sendto,sendmsg'],
];

/** `synced` = what the log held was on the disk before anybody was told; `early` = it was told first. */
export type AckOrder = 'synced' | 'early' | 'never told' | 'never written';

type Call = { readonly name: string; readonly text: string };

const callLine = /^(\d+)\s+(?:<\.\.\. )?(\w+)(?:\(| resumed>)/;
const isSync = ({ name }: Call) => name === 'fdatasync' || name === 'fsync';
const isOnLog = ({ text }: Call) => text.includes('record.sqlite-wal>');

/**
 * For each command, whether every page of the write-ahead log that names it was synced before the first message that does (its reply or its
 * fact). A call counts where it ended, a message where it began. Pages of what is recorded behind it do not name it: they may be on their
 * way to the disk when it is told.
 */
export function readAckOrder({ trace, commandIds }: { trace: string; commandIds: readonly string[] }): readonly AckOrder[] {
  const unsynced = new Set<string>();
  const written = new Set<string>();
  const told = new Map<string, AckOrder>();
  const namedIn = ({ text }: Call) => commandIds.filter((id) => !told.has(id) && text.includes(id));
  for (const { begun, ended } of calls(trace)) {
    if (ended !== null && ended.name === 'pwrite64' && isOnLog(ended)) {
      for (const id of namedIn(ended)) {
        unsynced.add(id);
        written.add(id);
      }
    }
    if (ended !== null && isSync(ended) && isOnLog(ended)) unsynced.clear();
    if (begun === null || !/^(write|writev|sendto|sendmsg)$/.test(begun.name)) continue;
    for (const id of namedIn(begun)) told.set(id, written.has(id) ? (unsynced.has(id) ? 'early' : 'synced') : 'never written');
  }
  return commandIds.map((id) => told.get(id) ?? 'never told');
}

/** The trace in order; a call that was interrupted in the print begins on one line and ends on another. */
function* calls(trace: string): Generator<{ begun: Call | null; ended: Call | null }> {
  const unfinished = new Map<string, Call>();
  for (const line of trace.split('\n')) {
    const [, thread, name] = callLine.exec(line) ?? [];
    if (thread === undefined || name === undefined) continue;
    if (line.endsWith('<unfinished ...>')) {
      const begun = { name, text: line };
      unfinished.set(thread, begun);
      yield { begun, ended: null };
    } else if (line.includes(' resumed>')) yield { begun: null, ended: unfinished.get(thread) ?? { name, text: line } };
    else yield { begun: { name, text: line }, ended: { name, text: line } };
  }
}
