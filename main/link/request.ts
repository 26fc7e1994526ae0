import { Agent, request as requestEncrypted } from 'node:https';
import { text } from 'node:stream/consumers';
import type { TrustedLine } from '#main/trust/index.ts';

/** One request and what came back. Throws when nothing did. */
export type Request = (asked: {
  readonly url: URL;
  readonly method: 'GET' | 'POST';
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | null;
  readonly timeoutMs: number;
}) => Promise<{ readonly status: number; readonly text: string }>;

/** Unencrypted requests go by fetch; encrypted ones by node:https, which takes the one authority that is believed. A redirection is an error or an answer, never followed. */
export function createRequest(trust: TrustedLine): Request {
  let agent: { readonly authority: string; readonly agent: Agent } | null = null;
  const agentFor = (authority: string) => {
    if (agent?.authority !== authority) {
      agent?.agent.destroy();
      agent = { authority, agent: new Agent({ ca: authority, keepAlive: true, maxSockets: 6 }) };
    }
    return agent.agent;
  };
  return async (asked) => {
    const believed = trust.believed();
    if (believed.kind === 'plain') return await requestPlainly(asked);
    try {
      if (believed.kind === 'unknown') throw new Error('nobody has said yet whose certificate the platform has');
      const answer = await requestBy(asked, agentFor(believed.certificate));
      trust.reached();
      return answer;
    } catch (error) {
      trust.failed();
      throw error;
    }
  };
}

type Asked = Parameters<Request>[0];

async function requestPlainly({ url, timeoutMs, ...asked }: Asked): ReturnType<Request> {
  const response = await fetch(url, { ...asked, redirect: 'error', signal: AbortSignal.timeout(timeoutMs) });
  return { status: response.status, text: await response.text() };
}

async function requestBy({ url, method, headers, body, timeoutMs }: Asked, agent: Agent): ReturnType<Request> {
  const { promise, resolve, reject } = Promise.withResolvers<{ status: number; text: string }>();
  const length = body === null ? {} : { 'content-length': String(Buffer.byteLength(body)) };
  const request = requestEncrypted(url, { method, headers: { ...headers, ...length }, agent, signal: AbortSignal.timeout(timeoutMs) });
  request.once('error', reject);
  request.once('response', (response) => {
    text(response).then((all) => resolve({ status: response.statusCode ?? 0, text: all }), reject);
  });
  request.end(body ?? undefined);
  return await promise;
}
