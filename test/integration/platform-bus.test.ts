import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { MediaGrant } from '#contract/cameras/index.ts';
import { openCountyDesk, faultReport, viewQuestion } from '../builders/openDesk.ts';
import { logIn, openTestPlatform, post } from '../builders/platform.ts';
import { routes } from '#contract/bus/index.ts';
import { connectDesk } from '../fakes/busDesk.ts';

let platform: Awaited<ReturnType<typeof openTestPlatform>>;
const opened: { close(): void }[] = [];

beforeEach(async () => {
  platform = await openTestPlatform();
});
afterEach(async () => {
  for (const desk of opened.splice(0)) desk.close();
  await platform.close();
});

async function countyDesk() {
  const county = await openCountyDesk(platform.url);
  opened.push(county.desk);
  return county;
}

const places = (feeds: readonly string[]) => feeds.map((feed) => ({ feed, position: null }));

describe('a command', () => {
  test('becomes a fact in the feeds that may see it, and is answered after the commit', async () => {
    const { desk, session } = await countyDesk();
    await desk.resume(places(desk.told.welcomes[0]!.feeds));
    const message = faultReport({ session });
    const reply = await desk.ask('command', message);
    await desk.until(() => desk.told.facts.length > 0);
    expect({ reply, facts: desk.told.facts.map(({ feed, seq, fact }) => [feed, seq, fact.type, fact.commandId]) }).toEqual({
      reply: { ok: true, commandId: message.commandId, factCount: 1 },
      // Behind the fact of the import that the county was founded with.
      facts: [['county/testland', 2, 'cameras.faultReported', message.commandId]],
    });
  });

  test('sent five times is one fact and five times the same reply', async () => {
    const { desk, session } = await countyDesk();
    await desk.resume(places(['county/testland']));
    const message = faultReport({ session });
    const together = await Promise.all([1, 2, 3, 4].map(() => desk.ask('command', message)));
    const later = await desk.ask('command', message);
    const marker = await desk.ask('command', faultReport({ session, deskSeq: 2, cameraId: 'west-a' }));
    await desk.until(() => desk.told.facts.some(({ fact }) => fact.subject === 'camera/west-a'));
    const reply = { ok: true, commandId: message.commandId, factCount: 1 };
    expect([...together, later]).toEqual([reply, reply, reply, reply, reply]);
    expect([marker, desk.told.facts.map(({ fact }) => fact.subject)]).toMatchObject([{ ok: true }, ['camera/east-a', 'camera/west-a']]);
  });

  test('under a used id with another body is refused', async () => {
    const { desk, session } = await countyDesk();
    const message = faultReport({ session });
    await desk.ask('command', message);
    const other = await desk.ask('command', { ...faultReport({ session, fault: 'other' }), commandId: message.commandId });
    expect(other).toEqual({ ok: false, commandId: message.commandId, refusal: { code: 'bus.commandReused' } });
  });

  test('without a living session is refused and may be sent again after a new log-in', async () => {
    const { desk, session } = await countyDesk();
    await post({ url: `${platform.url}${routes.logout}`, body: {}, token: session });
    const message = faultReport({ session });
    const refused = await desk.ask('command', message);
    const again = await logIn({ url: platform.url, account: 'duty' });
    const granted = await desk.ask('command', { ...message, session: again.session });
    expect([refused, granted]).toMatchObject([
      { ok: false, refusal: { code: 'access.sessionEnded' } },
      { ok: true, factCount: 1 },
    ]);
  });

  test("of a town about another town's camera and about none are the same refusal", async () => {
    const { desk } = await countyDesk();
    const { session } = await logIn({ url: platform.url, account: 'town' });
    const replies = [];
    for (const [index, cameraId] of ['west-a', 'nowhere', 'east-a'].entries()) {
      replies.push(await desk.ask('command', faultReport({ session, cameraId, deskSeq: index + 1 })));
    }
    const codes = (replies as { ok: boolean; refusal?: { code: string } }[]).map((reply) => (reply.ok ? 'ok' : reply.refusal?.code));
    expect(codes).toEqual(['cameras.unknown', 'cameras.unknown', 'ok']);
  });
});

describe('two operators at one camera in the same moment', () => {
  const clear = ({ session, deskSeq, lookedAtVersion }: { session: string; deskSeq: number; lookedAtVersion: number }) => {
    return { ...faultReport({ session, deskSeq }), lookedAtVersion, command: { type: 'cameras.clearFault', cameraId: 'east-a' } };
  };

  test('the one who comes second is told that it changed, also when he asks again, and nothing is done until he has looked', async () => {
    const [{ desk, session: first }, { desk: other }] = [await countyDesk(), await countyDesk()];
    const { session: second } = await logIn({ url: platform.url, account: 'admin' });
    await desk.resume(places(['county/testland']));
    const before = await desk.ask('command', { ...faultReport({ session: first }), lookedAtVersion: 0 });
    // Both look at version 1. The first clears it and reports something else, which the second would clear without having seen it.
    const late = clear({ session: second, deskSeq: 1, lookedAtVersion: 1 });
    const [mended, renewed] = await Promise.all([
      desk.ask('command', clear({ session: first, deskSeq: 2, lookedAtVersion: 1 })),
      desk.ask('command', { ...faultReport({ session: first, deskSeq: 3, fault: 'frozenPicture' }), lookedAtVersion: 1 }),
    ]);
    const refused = [await other.ask('command', late), await other.ask('command', late)];
    const looked = await other.ask('command', clear({ session: second, deskSeq: 2, lookedAtVersion: 3 }));
    const movedOn = { ok: false, commandId: late.commandId, refusal: { code: 'bus.entityMovedOn', params: { version: 3 } } };
    expect([before, mended, renewed, looked]).toMatchObject([{ ok: true }, { ok: true }, { ok: true }, { ok: true }]);
    expect(refused).toEqual([movedOn, movedOn]);
    await desk.until(() => desk.told.facts.length === 4);
    expect(desk.told.facts.map(({ fact }) => fact.type.replace('cameras.fault', ''))).toEqual([
      ...['Reported', 'Cleared'],
      ...['Reported', 'Cleared'],
    ]);
  });
});

describe('a desk that asks what the record knows of commands', () => {
  test('learns of its own only, whoever sent them', async () => {
    const [own, other] = [await countyDesk(), await countyDesk()];
    const [mine, theirs] = [faultReport({ session: own.session }), faultReport({ session: other.session, cameraId: 'west-a' })];
    await own.desk.ask('command', mine);
    await other.desk.ask('command', theirs);
    const commandIds = [mine.commandId, theirs.commandId, '0198c7d2-0000-7000-8000-000000000001'];
    const answers = await Promise.all([own, other].map(({ desk }) => desk.ask('receipts', { commandIds })));
    expect(answers).toEqual([{ known: [mine.commandId] }, { known: [theirs.commandId] }]);
  });
});

describe('a view', () => {
  test('is granted to the workstation for its wall, with nobody logged in', async () => {
    const { desk } = await countyDesk();
    const answer = (await desk.ask('ask', viewQuestion())) as { ok: true; value: unknown };
    const grant = MediaGrant.parse(answer.value);
    const picture = await fetch(grant.hlsUrl, { headers: { authorization: `Bearer ${grant.token}` } });
    const without = await fetch(grant.hlsUrl);
    expect([picture.status, await picture.text(), without.status]).toEqual([200, 'east-a', 401]);
  });

  test('for the console needs a person, whose log-out ends it', async () => {
    const { desk, session } = await countyDesk();
    const nobody = await desk.ask('ask', viewQuestion({ tile: 'console/preview' }));
    await desk.ask('attach', { session });
    const answer = (await desk.ask('ask', viewQuestion({ tile: 'console/preview' }))) as { ok: true; value: { token: string } };
    const { grants } = platform.gateway()!;
    const opened = grants.redeem(answer.value.token)!;
    const before = grants.isStillAllowed(opened);
    const told = new Promise<void>((resolve) => grants.onRightsChanged(resolve));
    await post({ url: `${platform.url}${routes.logout}`, body: {}, token: session });
    await told;
    expect([nobody, before, grants.isStillAllowed(opened)]).toMatchObject([{ ok: false }, true, false]);
  });

  test('of a town person is of his town only, wherever he asks', async () => {
    const { desk } = await countyDesk();
    const { session } = await logIn({ url: platform.url, account: 'town' });
    await desk.ask('attach', { session });
    const asked = ['east-a', 'west-a', 'nowhere'].flatMap((cameraId) =>
      ['console/preview', 'D1/0'].map((tile) => viewQuestion({ cameraId, tile })),
    );
    const answers = (await Promise.all(asked.map((question) => desk.ask('ask', question)))) as {
      ok: boolean;
      refusal?: { code: string };
    }[];
    expect(answers.map((answer) => (answer.ok ? 'ok' : answer.refusal?.code))).toEqual([
      ...['ok', 'ok'],
      ...Array.from({ length: 4 }, () => 'cameras.unknown'),
    ]);
  });
});

describe('what the gateway notices', () => {
  test('is recorded once and read by county and town', async () => {
    const { desk } = await countyDesk();
    await desk.resume(places(['county/testland']));
    const { onSourceChange } = platform.gateway()!;
    const cameraId = 'east-a' as never;
    for (let time = 0; time < 3; time += 1) onSourceChange({ cameraId, source: 'lost', reason: 'noData' });
    onSourceChange({ cameraId, source: 'normal' });
    await desk.until(() => desk.told.facts.some(({ fact }) => fact.type === 'cameras.sourceRestored'));
    expect(desk.told.facts.map(({ fact }) => [fact.type, fact.actor])).toEqual([
      ['cameras.sourceLost', 'system/gateway'],
      ['cameras.sourceRestored', 'system/gateway'],
    ]);
  });
});

describe('an unreadable message', () => {
  test('is answered twice and ends the connection the third time', async () => {
    const { desk } = await countyDesk();
    const answers = [await desk.ask('command', { commandId: 'x' }), await desk.ask('constructor', {})];
    desk.socket.emit('attach', JSON.parse('{"session":null,"__proto__":{"a":1}}'), () => {});
    await desk.until(() => !desk.socket.connected);
    expect(answers).toEqual([
      { ok: false, refusal: { code: 'bus.badMessage' } },
      { ok: false, refusal: { code: 'bus.badMessage' } },
    ]);
  });

  test('of more than 64 KiB ends the connection, and the platform goes on', async () => {
    const { desk, device } = await countyDesk();
    desk.socket.emit('attach', { session: 'x'.repeat(70_000) }, () => {});
    await desk.until(() => !desk.socket.connected);
    const again = await connectDesk({ url: platform.url, device });
    opened.push(again);
    expect(await again.ask('clock', {})).toMatchObject({ platformNowMs: expect.any(Number) as number });
  });

  test.each(['error', 'newListener', 'disconnect', 'connection'])(
    'named %s, like an event of the transport itself, does no harm',
    async (event) => {
      const { desk, device } = await countyDesk();
      // Past the client's own check, as somebody would who wrote a client of his own.
      desk.socket.io.engine.write(`2["${event}",{}]`);
      const again = await connectDesk({ url: platform.url, device });
      opened.push(again);
      expect(await again.ask('clock', {})).toMatchObject({ platformNowMs: expect.any(Number) as number });
    },
  );
});

describe('a handshake', () => {
  test.each([
    ['an unknown device', { deviceKey: 'x'.repeat(43) }, 'access.unknownDevice'],
    ['another protocol version', { protocolVersion: 999 }, 'bus.protocolVersion'],
    ['a wrong shape', { deskId: '__proto__' }, 'bus.badHandshake'],
    ['an added field', { isAdmin: true }, 'bus.badHandshake'],
  ])('with %s is turned away with its code', async (_name, auth, code) => {
    const { device } = await countyDesk();
    await expect(connectDesk({ url: platform.url, device, auth })).rejects.toThrow(code);
  });

  test('from a page of another origin is turned away', async () => {
    const { device } = await countyDesk();
    const fromPage = connectDesk({ url: platform.url, device, headers: { origin: 'https://evil.example' } });
    await expect(fromPage).rejects.toThrow('websocket error');
  });
});
