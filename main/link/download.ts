import type { IncomingMessage } from 'node:http';
import { Agent, get } from 'node:https';
import { Readable } from 'node:stream';
import type { TrustedLine } from '#main/trust/index.ts';
import { unencrypted } from './unencrypted.ts';

/** What comes of a question for a file: its bytes as they arrive. Reading on is up to whoever asked; leaving the loop ends the line. */
export type Downloading = { readonly status: number; readonly chunks: AsyncIterable<Uint8Array> };

/** Asks the platform for a file from a byte on. Throws when nothing came, or the line breaks or stands still meanwhile. */
export type Download = (asked: {
  readonly path: string;
  readonly bearer: string;
  /** 0 = the whole file; otherwise a 206 has what follows, and a 200 has all of it again. */
  readonly fromByte: number;
  readonly signal: AbortSignal;
}) => Promise<Downloading>;

/** A line over which nothing comes for so long is given up, ms. */
const silentMs = 30_000;

/** Downloads over the line that other requests take: plainly, or by the one authority that is believed. */
export function createDownload({ platformUrl, trust = unencrypted }: { platformUrl: string; trust?: TrustedLine }): Download {
  return async ({ path, bearer, fromByte, signal }) => {
    const url = new URL(path, platformUrl);
    const headers = { authorization: `Bearer ${bearer}`, ...(fromByte === 0 ? {} : { range: `bytes=${fromByte}-` }) };
    const believed = trust.believed();
    if (believed.kind === 'unknown') throw new Error('nobody has said yet whose certificate the platform has');
    const watch = watchSilence(signal);
    try {
      if (believed.kind === 'plain') {
        const { status, body } = await fetch(url, { headers, redirect: 'error', signal: watch.signal });
        return { status, chunks: watch.over(body ?? Readable.from([])) };
      }
      const answer = await getEncrypted({ url, headers, authority: believed.certificate, signal: watch.signal });
      return { status: answer.statusCode ?? 0, chunks: watch.over(answer) };
    } catch (error) {
      watch.end();
      if (believed.kind === 'authority') trust.failed();
      throw error;
    }
  };
}

type Encrypted = { url: URL; headers: Record<string, string>; authority: string; signal: AbortSignal };

async function getEncrypted({ url, headers, authority, signal }: Encrypted): Promise<IncomingMessage> {
  const { promise, resolve, reject } = Promise.withResolvers<IncomingMessage>();
  get(url, { headers, signal, agent: new Agent({ ca: authority }) }, resolve).once('error', reject);
  return await promise;
}

/** Aborts when nothing arrives for too long; each chunk starts the wait again. */
function watchSilence(outer: AbortSignal) {
  const silence = new AbortController();
  const giveUp = () => silence.abort(new Error('nothing came any more'));
  let timer = setTimeout(giveUp, silentMs);
  const end = () => clearTimeout(timer);
  return {
    signal: AbortSignal.any([outer, silence.signal]),
    end,
    async *over(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
      try {
        for await (const chunk of chunks) {
          end();
          timer = setTimeout(giveUp, silentMs);
          yield chunk;
        }
      } finally {
        end();
      }
    },
  };
}
