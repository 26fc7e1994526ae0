export { backOffLimits, backOffMs } from './backOff.ts';
export { createLink, type Link, type LinkPorts } from './createLink.ts';
export { refusedRetryMs, replyWithinMs, silenceMs } from './keptConnection.ts';
export { DoneRecord } from './doneCommands.ts';
export { OutboxEntry, OutboxRecord } from './outbox.ts';
export { createPump } from './pump.ts';
export type {
  ClientEvent,
  DeskFactSource,
  DoneJournal,
  LinkConnection,
  LinkListener,
  LinkLog,
  LinkTransport,
  OutboxJournal,
} from './ports.ts';
export { resumeStallMs, type SnapshotTaken } from './reader.ts';
export { createSerial } from './serial.ts';
export type { AttachedPerson, CommandSettled, QueuedCommand, WaitingWord } from './sender.ts';
