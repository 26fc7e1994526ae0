import type { Socket } from 'node:net';
import type { Account, PasswordTries } from '../../device/passwordTries.ts';
import { answerChallenge, type Challenge, readChallenge } from '../../device/challenge.ts';
import type { AddressBook } from './addressBook.ts';
import { createRtspReader, headerOf, type RtspEvent, type RtspMessage, writeMessage } from './rtspReader.ts';

/** Why a session ended that ffmpeg cannot know: it only sees a closed socket. */
export type SessionFault =
  | 'cameras.wrongPassword'
  | 'cameras.passwordWanted'
  | 'cameras.redirected'
  | 'cameras.transportRefused'
  | 'cameras.notRtsp';

export type RtspSessionOptions = {
  readonly ffmpeg: Socket;
  readonly camera: Socket;
  readonly book: AddressBook;
  /** The camera's account; null when its address has none. */
  readonly account: Account | null;
  readonly tries: PasswordTries;
  readonly newNonce: () => string;
  readonly onFault: (fault: SessionFault) => void;
  /** What the camera says of its streams (SDP). */
  readonly onDescribed?: (description: string) => void;
};

type Sent = {
  readonly request: RtspMessage;
  readonly method: string;
  readonly uri: string;
  readonly ffmpegSequence: string;
  readonly authorized: boolean;
};

/**
 * Relays one RTSP connection between ffmpeg and a camera: addresses are replaced, the camera's question for a password is answered here,
 * media frames pass as they are. Ends both sockets when either ends.
 */
export function relayRtspSession(options: RtspSessionOptions): void {
  const { ffmpeg, camera, book, account, tries, onFault } = options;
  const sent = new Map<string, Sent>();
  let sequence = 0;
  let challenge: Challenge | null = null;
  let answers = 0;
  let isInTurn = false;
  let isOver = false;

  const end = () => {
    if (isOver) return;
    isOver = true;
    if (isInTurn && account !== null) tries.settle(account, 'unknown');
    ffmpeg.end();
    camera.destroy();
  };
  const fail = (fault: SessionFault) => onFault(fault);
  const settle = (outcome: 'right' | 'wrong') => {
    if (isInTurn && account !== null) tries.settle(account, outcome);
    isInTurn = false;
  };

  const send = ({ request, method, uri, ffmpegSequence }: Omit<Sent, 'authorized'>) => {
    sequence += 1;
    const kept = request.headers.filter(([name]) => !/^(cseq|authorization)$/i.test(name));
    const headers: [string, string][] = [['CSeq', String(sequence)], ...kept.map(([name, value]): [string, string] => [name, value])];
    const authorized = challenge !== null && account !== null;
    if (challenge !== null && account !== null) {
      answers += 1;
      const asked = { credentials: account, method, uri, clientNonce: options.newNonce(), count: answers };
      headers.push(['Authorization', answerChallenge(challenge, asked)]);
    }
    sent.set(String(sequence), { request, method, uri, ffmpegSequence, authorized });
    camera.write(writeMessage({ startLine: `${method} ${uri} RTSP/1.0`, headers, body: request.body }));
  };

  const takeRequest = (request: RtspMessage) => {
    const [method = '', uri = ''] = request.startLine.split(' ');
    const real = book.toCamera({ method, uri });
    // More than a few at once is not ffmpeg.
    if (real === null || sent.size > 16) return end();
    send({ request, method, uri: real, ffmpegSequence: headerOf(request.headers, 'cseq') ?? '0' });
  };

  const answer = (asked: Sent, reply: RtspMessage) => {
    const headers = reply.headers.filter(([name]) => name.toLowerCase() !== 'cseq');
    ffmpeg.write(writeMessage(book.toFfmpeg({ ...reply, headers: [['CSeq', asked.ffmpegSequence], ...headers] })));
  };

  // One try of a password, and another one only when the camera says that merely the nonce was old.
  const authorize = async (asked: Sent, reply: RtspMessage) => {
    const offered = readChallenge(reply.headers.filter(([name]) => name.toLowerCase() === 'www-authenticate').map(([, value]) => value));
    const isStale = offered?.scheme === 'digest' && offered.isStale;
    if (account === null || offered === null || (asked.authorized && !isStale)) {
      if (asked.authorized) settle('wrong');
      fail(account === null ? 'cameras.passwordWanted' : 'cameras.wrongPassword');
      return answer(asked, reply);
    }
    if (!isInTurn) {
      const { waitMs } = await tries.turn(account);
      if (waitMs > 0) {
        fail('cameras.wrongPassword');
        return answer(asked, reply);
      }
      isInTurn = true;
      if (isOver) return tries.settle(account, 'unknown');
    }
    challenge = offered;
    answers = 0;
    send(asked);
  };

  const takeReply = (reply: RtspMessage) => {
    const asked = sent.get(headerOf(reply.headers, 'cseq') ?? '');
    if (asked === undefined) return;
    sent.delete(headerOf(reply.headers, 'cseq') ?? '');
    const status = Number(/^RTSP\/\d\.\d (\d{3})/.exec(reply.startLine)?.[1] ?? '0');
    if (status === 401) return void authorize(asked, reply).catch(end);
    // Some cameras say so when an account is locked: that is no time to try on.
    if (asked.authorized) settle(status === 403 ? 'wrong' : 'right');
    if (status >= 300 && status < 400) {
      fail('cameras.redirected');
      return answer(asked, { startLine: 'RTSP/1.0 403 Forbidden', headers: [], body: Buffer.alloc(0) });
    }
    if (status === 200 && asked.method === 'DESCRIBE') options.onDescribed?.(reply.body.toString('latin1'));
    if (status === 461) fail('cameras.transportRefused');
    answer(asked, reply);
  };

  const takeFromCamera = (event: RtspEvent) => {
    switch (event.kind) {
      case 'frames':
        return void ffmpeg.write(event.bytes);
      case 'garbage':
        fail('cameras.notRtsp');
        return end();
      case 'message':
        // A camera that asks something of us gets no answer; none of them needs one.
        return event.message.startLine.startsWith('RTSP/') ? takeReply(event.message) : undefined;
    }
  };
  const takeFromFfmpeg = (event: RtspEvent) => {
    switch (event.kind) {
      case 'frames':
        return void camera.write(event.bytes);
      case 'garbage':
        return end();
      case 'message':
        return takeRequest(event.message);
    }
  };

  connect({ from: camera, to: ffmpeg, take: takeFromCamera, end });
  connect({ from: ffmpeg, to: camera, take: takeFromFfmpeg, end });
}

/** Reads one side, and stops reading it while the other does not drain. */
function connect({ from, to, take, end }: { from: Socket; to: Socket; take: (event: RtspEvent) => void; end: () => void }): void {
  const reader = createRtspReader();
  from.on('data', (chunk: Buffer) => {
    for (const event of reader.push(chunk)) take(event);
    if (to.writableNeedDrain) {
      from.pause();
      to.once('drain', () => from.resume());
    }
  });
  from.on('error', end).on('end', end).on('close', end);
}
