import { once } from 'node:events';
import WebSocket from 'ws';
import { busPath, type Handshake } from '#contract/bus/index.ts';

/** A client of the bus that somebody wrote himself: it says what it likes, letter by letter, with no library in between. */
export type RawBus = Awaited<ReturnType<typeof openRawBus>>;

/** Address of the bus as a WebSocket. */
export function busAddress(url: string): string {
  return `${url.replace(/^http/, 'ws')}${busPath}/?EIO=4&transport=websocket`;
}

/** Opens a socket and, with a handshake, a connection on it. Without one it stays outside, as far as anybody gets who has no key. */
export async function openRawBus({ url, handshake }: { url: string; handshake: Handshake | null }) {
  const socket = new WebSocket(busAddress(url), { perMessageDeflate: false });
  const answers = new Map<number, (answer: string) => void>();
  let asked = 0;
  let isOver = false;
  const closed = once(socket, 'close').then(([code]) => {
    isOver = true;
    for (const resolve of answers.values()) resolve('closed');
    return code as number;
  });
  // A platform that hangs up while something is being said to it is what this is for.
  socket.on('error', () => {});
  const isIn = new Promise<void>((resolve) => {
    socket.on('message', (bytes) => {
      const text = (bytes as Buffer).toString('utf8');
      if (text === '2') socket.send('3');
      if (text.startsWith('0') && handshake !== null) socket.send(`40${JSON.stringify(handshake)}`);
      if (text.startsWith('42["welcome"') || (text.startsWith('0') && handshake === null)) resolve();
      const answer = /^43(\d+)/.exec(text);
      if (answer !== null) answers.get(Number(answer[1]))?.(text.slice(answer[0].length));
    });
  });
  await Promise.race([isIn, closed]);

  return {
    socket,
    /** Resolves with the code of the WebSocket's end. */
    closed,
    isOver: () => isOver,
    send: (text: string) => socket.send(text, () => {}),
    /** One event with this JSON text as its message; the answer as text, `closed` when the connection ends first. */
    ask(event: string, json: string): Promise<string> {
      asked += 1;
      const id = asked;
      if (isOver) return Promise.resolve('closed');
      return new Promise((resolve) => {
        answers.set(id, resolve);
        socket.send(`42${id}[${JSON.stringify(event)},${json}]`, () => {});
      });
    },
    /** Takes nothing off the wire any more: what the platform says piles up on its side. */
    stopReading: () => socket.pause(),
    close: () => socket.terminate(),
  };
}
