import { afterAll, beforeAll, expect, test } from 'vitest';
import { faultReport, openCountyDesk } from '../../builders/openDesk.ts';
import { openTestPlatform } from '../../builders/platform.ts';

let platform: Awaited<ReturnType<typeof openTestPlatform>>;
const opened: { close(): void }[] = [];
beforeAll(async () => {
  platform = await openTestPlatform();
});
afterAll(async () => {
  for (const desk of opened) desk.close();
  await platform.close();
});

type Reply = { ok: boolean; refusal?: { code: string } };
const told = (reply: unknown) => ((reply as Reply).ok ? 'ok' : (reply as Reply).refusal?.code);

test('two operators who report and clear the fault of one camera in the same moment: one of them did it, the other is told so, both see the same', async () => {
  const [left, right] = [await openCountyDesk(platform.url), await openCountyDesk(platform.url)];
  opened.push(left.desk, right.desk);
  for (const { desk } of [left, right]) await desk.resume([{ feed: 'county/testland', position: null }]);
  for (let round = 0; round < 20; round += 1) {
    const ask = ({ desk, session }: typeof left, fault: string) => {
      const report = faultReport({ session, deskSeq: 2 * round + 1, fault });
      const clear = {
        ...faultReport({ session, deskSeq: 2 * round + 2 }),
        command: { type: 'cameras.clearFault', cameraId: report.command.cameraId },
      };
      return { report: () => desk.ask('command', report), clear: () => desk.ask('command', clear) };
    };
    const [one, other] = [ask(left, 'blurred'), ask(right, 'noPicture')];
    const reports = await Promise.all([one.report(), other.report()]);
    const clears = await Promise.all([other.clear(), one.clear()]);
    expect([reports.map((reply) => told(reply) ?? '').toSorted(), clears.map((reply) => told(reply) ?? '').toSorted()]).toEqual([
      ['cameras.faultAlreadyReported', 'ok'],
      ['cameras.noFaultReported', 'ok'],
    ]);
  }
  for (const { desk } of [left, right]) await desk.until(() => desk.told.facts.length === 40);
  expect(left.desk.told.facts).toEqual(right.desk.told.facts);
});

test('a step that does not follow is refused by name and leaves nothing: clearing what nobody reported, reporting twice', async () => {
  const { desk, session } = await openCountyDesk(platform.url);
  opened.push(desk);
  await desk.resume([{ feed: 'county/testland', position: null }]);
  const cameraId = 'west-a';
  const report = (deskSeq: number) => faultReport({ session, deskSeq, cameraId });
  const clear = (deskSeq: number) => ({ ...report(deskSeq), command: { type: 'cameras.clearFault', cameraId } });
  const replies = [];
  for (const [index, command] of [clear, report, report, clear, clear].entries())
    replies.push(told(await desk.ask('command', command(index + 1))));
  expect(replies).toEqual(['cameras.noFaultReported', 'ok', 'cameras.faultAlreadyReported', 'ok', 'cameras.noFaultReported']);
  await desk.until(() => desk.told.facts.length === 2);
});
