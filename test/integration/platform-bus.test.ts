import { v7 as newUuid } from 'uuid';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { MediaGrant } from '#contract/cameras/index.ts';
import { connectDesk } from '../fakes/busDesk.ts';
import { enrol, logIn, openTestPlatform } from '../builders/platform.ts';

let platform: Awaited<ReturnType<typeof openTestPlatform>>;
let closers: (() => void)[] = [];

beforeEach(async () => {
  platform = await openTestPlatform();
});
afterEach(async () => {
  for (const close of closers) close();
  closers = [];
  await platform.close();
});

async function countyDesk() {
  const { session } = await logIn({ url: platform.url, account: 'duty' });
  const device = await enrol({ url: platform.url, session });
  const desk = await connectDesk({ url: platform.url, device });
  closers.push(desk.close);
  return { desk, session, device };
}

const reportFault = (session: string, deskSeq = 1, commandId = newUuid()) => ({
  commandId,
  deskSeq,
  session,
  askedAtMs: 1_763_800_000_000,
  command: { type: 'cameras.reportFault', cameraId: 'east-a', fault: 'blurred' },
});

test('a command becomes a fact in the feeds that may see it, and is answered after the commit', async () => {
  const { desk, session } = await countyDesk();
  const feeds = desk.told.welcomes[0]!.feeds;
  await desk.resume(feeds.map((feed) => ({ feed, position: null })));
  const message = reportFault(session);
  const reply = await desk.ask('command', message);
  await desk.until(() => desk.told.facts.length > 0);
  expect({ reply, facts: desk.told.facts.map(({ feed, seq, fact }) => [feed, seq, fact.type, fact.commandId]) }).toEqual({
    reply: { ok: true, commandId: message.commandId, factCount: 1 },
    facts: [['county/testland', 1, 'cameras.faultReported', message.commandId]],
  });
});

test('a view is granted to the workstation for its wall', async () => {
  const { desk } = await countyDesk();
  const view = {
    type: 'cameras.openView',
    cameraId: 'east-a',
    quality: 'sub',
    purpose: { kind: 'patrol', reference: null },
    tile: 'D1/0',
    windowId: 'w1',
  };
  const answer = (await desk.ask('ask', view)) as { ok: true; value: unknown };
  const grant = MediaGrant.parse(answer.value);
  const picture = await fetch(grant.hlsUrl, { headers: { authorization: `Bearer ${grant.token}` } });
  expect([picture.status, await picture.text()]).toEqual([200, 'east-a']);
});
