import { expect, test } from 'vitest';
import type { Actor } from '#contract/record/index.ts';
import { type CountyId, granted, refused } from '#contract/values/index.ts';
import type { Undertaking, Writer } from '../record/index.ts';
import { createHandPorts } from '../record/testing/handPorts.ts';
import { type AuditEntry, createAuditRecorder } from './recorder.ts';

const actor = 'person/li' as Actor;
const entry = (type: 'audit.viewClosed' | 'audit.loggedIn'): AuditEntry => ({ actor, facts: [{ type, subject: 's', payload: {} }] });

/** A writer whose disk is full, or full but for what ends. */
function openRecorder() {
  const hand = createHandPorts();
  const disk = { takes: 'all' as 'all' | 'ends' | 'nothing' };
  const written: string[] = [];
  const submit = async (work: Undertaking) => {
    const decided = work.decide(undefined as never);
    const types = decided.ok ? decided.value.facts.map(({ type }) => type) : [];
    const isTaken = disk.takes === 'all' || (disk.takes === 'ends' && types.every((type) => type === 'audit.viewClosed'));
    if (isTaken) written.push(...types);
    return isTaken ? granted(types.length) : refused('bus.notRecorded');
  };
  const writer = { submit } as unknown as Writer;
  return { ...hand, disk, written, recorder: createAuditRecorder({ ...hand, writer, countyId: 'al' as CountyId }) };
}

test('what cannot be written is refused, and the first thing written again says since when', async () => {
  const { recorder, disk, written } = openRecorder();
  const before = await recorder.record(entry('audit.loggedIn'));
  disk.takes = 'nothing';
  const during = [await recorder.record(entry('audit.loggedIn')), await recorder.isWritable()];
  disk.takes = 'all';
  const after = await recorder.record(entry('audit.loggedIn'));
  expect([before.ok, during, after.ok]).toEqual([true, [{ ok: false, refusal: { code: 'bus.notRecorded' } }, false], true]);
  expect(written).toEqual(['audit.loggedIn', 'audit.interrupted', 'audit.loggedIn']);
});

test('ends are written while nothing else is, where there is a reserve for them', async () => {
  const { recorder, disk, written } = openRecorder();
  disk.takes = 'ends';
  const login = await recorder.record(entry('audit.loggedIn'));
  await recorder.recordEnd(entry('audit.viewClosed'));
  expect([login.ok, written]).toEqual([false, ['audit.viewClosed']]);
});

test('ends that nothing takes wait, and follow behind the word of the gap as soon as something does', async () => {
  const { recorder, disk, written, advanceMs } = openRecorder();
  disk.takes = 'nothing';
  for (let number = 0; number < 250; number += 1) void recorder.recordEnd(entry('audit.viewClosed'));
  await recorder.isWritable();
  const during = written.length;
  disk.takes = 'all';
  advanceMs(2_000);
  await recorder.close();
  await recorder.isWritable();
  await recorder.close();
  expect([during, written.filter((type) => type === 'audit.viewClosed').length, written.includes('audit.interrupted')]).toEqual([
    0,
    250,
    true,
  ]);
});
