import { randomBytes } from 'node:crypto';
import { type IncomingHttpHeaders, type IncomingMessage, request as httpRequest } from 'node:http';
import { granted, type Result, refused } from '#contract/values/index.ts';
import { accountOf, plainAddress } from './account.ts';
import { answerChallenge, type Challenge, readChallenge } from './challenge.ts';
import { type ConnectRefusalCode, connectDevice, type DeviceTrust } from './connectDevice.ts';
import type { Account, PasswordTries } from './passwordTries.ts';

/** What asking devices over HTTP shares. */
export type DevicePorts = { readonly tries: PasswordTries; readonly trust: DeviceTrust };

/** One HTTP request to a device. `url` is checked already, and may hold an account and a pin. */
export type DeviceRequest = {
  readonly url: URL;
  readonly method: 'GET' | 'POST' | 'DELETE';
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
  /** Greatest answer, and how long all of it may take. */
  readonly maxBytes: number;
  readonly withinMs: number;
};

/** A device's answer, whatever its status. Redirects are never followed here: where they lead is the asker's to judge. */
export type DeviceAnswer = { readonly status: number; readonly headers: IncomingHttpHeaders; readonly body: Buffer };

/** Why there is no answer. */
export type AskRefusalCode =
  | ConnectRefusalCode
  | 'cameras.wrongPassword'
  | 'cameras.passwordWanted'
  | 'cameras.answerTooLarge'
  | 'cameras.answerTruncated';

/**
 * Asks a device over HTTP(S). Name and password are shown only when it asks for them, as digest if it can, and a refused password is
 * tried again as `passwordTries` lets it.
 */
export async function askDevice(asked: DeviceRequest, { tries, trust }: DevicePorts): Promise<Result<DeviceAnswer, AskRefusalCode>> {
  const account = accountOf(asked.url);
  if (account !== null && tries.waitMs(account) > 0) return refused('cameras.wrongPassword');
  const first = await exchange(asked, { trust, authorization: null });
  if (!first.ok || first.value.status !== 401) return first;
  const challenge = readChallenge(challengesOf(first.value));
  if (challenge === null) return first;
  return account === null ? refused('cameras.passwordWanted') : await authorized({ asked, account, challenge }, { tries, trust });
}

async function authorized(
  { asked, account, challenge }: { asked: DeviceRequest; account: Account; challenge: Challenge },
  { tries, trust }: DevicePorts,
): Promise<Result<DeviceAnswer, AskRefusalCode>> {
  if ((await tries.turn(account)).waitMs > 0) return refused('cameras.wrongPassword');
  const uri = pathOf(asked.url);
  const shown = { credentials: account, method: asked.method, uri, clientNonce: randomBytes(8).toString('hex'), count: 1 };
  const answer = await exchange(asked, { trust, authorization: answerChallenge(challenge, shown) });
  const isWrong = answer.ok && (answer.value.status === 401 || answer.value.status === 403);
  tries.settle(account, answer.ok ? (isWrong ? 'wrong' : 'right') : 'unknown');
  return isWrong ? refused('cameras.wrongPassword') : answer;
}

async function exchange(
  { url, method, headers, body, maxBytes, withinMs }: DeviceRequest,
  { trust, authorization }: { trust: DeviceTrust; authorization: string | null },
): Promise<Result<DeviceAnswer, AskRefusalCode>> {
  const isSecure = url.protocol === 'https:';
  const connected = await connectDevice({ url, port: Number(url.port || (isSecure ? 443 : 80)), isSecure, trust });
  if (!connected.ok) return connected;
  const socket = connected.value;
  const late = setTimeout(() => socket.destroy(), withinMs);
  try {
    const request = httpRequest({
      createConnection: () => socket,
      method,
      path: pathOf(url),
      headers: {
        Host: url.host,
        Connection: 'close',
        ...headers,
        ...(authorization === null ? {} : { Authorization: authorization }),
        ...(body === undefined ? {} : { 'Content-Length': Buffer.byteLength(body) }),
      },
      maxHeaderSize: 16 * 1024,
    });
    const response = await new Promise<IncomingMessage | null>((resolve) => {
      request
        .once('response', resolve)
        .on('error', () => resolve(null))
        .once('close', () => resolve(null));
      request.end(body);
    });
    if (response === null) return refused('cameras.deviceSilent');
    return await readWhole(response, maxBytes);
  } finally {
    clearTimeout(late);
    socket.destroy();
  }
}

async function readWhole(response: IncomingMessage, maxBytes: number): Promise<Result<DeviceAnswer, AskRefusalCode>> {
  const parts: Buffer[] = [];
  let length = 0;
  try {
    for await (const part of response as AsyncIterable<Buffer>) {
      length += part.length;
      if (length > maxBytes) return refused('cameras.answerTooLarge');
      parts.push(part);
    }
  } catch {
    return refused('cameras.answerTruncated');
  }
  return granted({ status: response.statusCode ?? 0, headers: response.headers, body: Buffer.concat(parts) });
}

function challengesOf({ headers }: DeviceAnswer): readonly string[] {
  const header = headers['www-authenticate'];
  return header === undefined ? [] : [header];
}

function pathOf(url: URL): string {
  const plain = new URL(plainAddress(url));
  return `${plain.pathname}${plain.search}`;
}
