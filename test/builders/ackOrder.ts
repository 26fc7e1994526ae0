/** What strace is told so that `readAckOrder` can read it: which calls, with file names, and long enough to hold a whole reply. */
export const straceWords = (file: string): readonly string[] => [
  ...['strace', '-D', '-f', '-y', '-s', '2048', '-o', file],
  ...['-e', 'trace=pwrite64,fdatasync,fsync,write,writev,sendto,sendmsg'],
];

/** `synced` = what the log held was on the disk before anybody was told; `early` = it was told first. */
export type AckOrder = 'synced' | 'early' | 'never told' | 'never written';

type Call = { readonly name: string; readonly text: string };

const callLine = /^(\d+)\s+(?:<\.\.\. )?(\w+)(?:\(| resumed>)/;
const isSync = ({ name }: Call) => name === 'fdatasync' || name === 'fsync';
const isOnLog = ({ text }: Call) => text.includes('record.sqlite-wal>');

/**
 * For each command, whether the write-ahead log was synced between its last write and the first message that names the command (its
 * reply or its fact). For commands that were asked one after the other. A call counts where it ended, a message where it began.
 */
export function readAckOrder({ trace, commandIds }: { trace: string; commandIds: readonly string[] }): readonly AckOrder[] {
  let [isUnsynced, wasWritten] = [false, false];
  const told = new Map<string, AckOrder>();
  for (const { begun, ended } of calls(trace)) {
    if (ended !== null && ended.name === 'pwrite64' && isOnLog(ended)) [isUnsynced, wasWritten] = [true, true];
    if (ended !== null && isSync(ended) && isOnLog(ended)) isUnsynced = false;
    const named =
      begun !== null && /^(write|writev|sendto|sendmsg)$/.test(begun.name) ? commandIds.find((id) => begun.text.includes(id)) : undefined;
    if (named === undefined || told.has(named)) continue;
    told.set(named, wasWritten ? (isUnsynced ? 'early' : 'synced') : 'never written');
    wasWritten = false;
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
