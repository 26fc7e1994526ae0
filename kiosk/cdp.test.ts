import { PassThrough } from 'node:stream';
import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { type CdpError, connectCdp } from './cdp.ts';

/** A browser of two streams: what it is asked is collected, what it says is given. */
function fakeBrowser() {
  const toBrowser = new PassThrough();
  const fromBrowser = new PassThrough();
  const asked: unknown[] = [];
  toBrowser.setEncoding('utf8').on('data', (text: string) => {
    for (const message of text.split('\0').filter(Boolean)) asked.push(JSON.parse(message));
  });
  const say = (message: object) => fromBrowser.write(`${JSON.stringify(message)}\0`);
  return { connection: connectCdp({ toBrowser, fromBrowser }), asked, say, fromBrowser };
}

describe('the pipe to the browser', () => {
  test('an answer belongs to its question, in whatever order answers come', async () => {
    const { connection, asked, say } = fakeBrowser();
    const reply = z.object({ value: z.string() });
    const first = connection.ask('Target.one', { params: { a: 1 }, reply });
    const second = connection.session('page').ask('Page.two', { reply });
    say({ id: 2, result: { value: 'second' }, sessionId: 'page' });
    say({ id: 1, result: { value: 'first' } });
    expect([await first, await second, asked]).toEqual([
      { value: 'first' },
      { value: 'second' },
      [
        { id: 1, method: 'Target.one', params: { a: 1 } },
        { id: 2, method: 'Page.two', params: {}, sessionId: 'page' },
      ],
    ]);
  });

  test('a message that arrives in pieces, cut inside a character, is whole again', async () => {
    const { connection, fromBrowser } = fakeBrowser();
    const asked = connection.ask('Page.title', { reply: z.object({ title: z.string() }) });
    const bytes = Buffer.from(`${JSON.stringify({ id: 1, result: { title: '安澜县' } })}\0`);
    const middle = bytes.indexOf(Buffer.from('澜')) + 1;
    fromBrowser.write(bytes.subarray(0, middle));
    fromBrowser.write(bytes.subarray(middle));
    expect(await asked).toEqual({ title: '安澜县' });
  });

  test('a refusal is an error with the method and the code', async () => {
    const { connection, say } = fakeBrowser();
    const asked = connection.tell('Page.navigate');
    say({ id: 1, error: { code: -32000, message: 'No target' } });
    const error: CdpError = await asked.then(
      () => expect.unreachable(),
      (reason) => reason,
    );
    expect({ ...error, message: error.message }).toEqual({
      name: 'CdpError',
      method: 'Page.navigate',
      code: -32000,
      message: 'Page.navigate: No target',
    });
  });

  test('an event reaches the listeners of its own session only', async () => {
    const { connection, say } = fakeBrowser();
    const heard: unknown[] = [];
    connection.onEvent('Target.crashed', (params) => heard.push(['browser', params]));
    const stop = connection.session('a').onEvent('Target.crashed', (params) => heard.push(['a', params]));
    connection.session('b').onEvent('Target.crashed', (params) => heard.push(['b', params]));
    say({ method: 'Target.crashed', params: 1 });
    say({ method: 'Target.crashed', params: 2, sessionId: 'a' });
    stop();
    say({ method: 'Target.crashed', params: 3, sessionId: 'a' });
    const last = connection.tell('Browser.getVersion');
    say({ id: 1, result: {} });
    await last;
    expect(heard).toEqual([
      ['browser', 1],
      ['a', 2],
    ]);
  });

  test('a browser that dies answers every open question with a refusal and is told once', async () => {
    const { connection, fromBrowser } = fakeBrowser();
    let closed = 0;
    connection.onClosed(() => (closed += 1));
    const asked = connection.tell('Page.navigate');
    fromBrowser.end();
    await expect(asked).rejects.toThrow('the browser is gone');
    await expect(connection.tell('Page.reload')).rejects.toThrow('the browser is gone');
    connection.close();
    expect(closed).toBe(1);
  });
});
