import { chmodSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, test } from 'vitest';
import { SignedHeads, signedText } from '#contract/audit/index.ts';
import type { FeedName, Position } from '#contract/record/index.ts';
import type { CountyId } from '#contract/values/index.ts';
import { sha256 } from '../record/index.ts';
import { createHandPorts } from '../record/testing/handPorts.ts';
import { type AuditKeys, createPassingAuditKeys, isSignedBy, openAuditKeys } from './auditKeys.ts';
import { createHeadFiles, forgottenHeadLists, readDayFiles } from './headFiles.ts';
import { createHeadSigner, type HeadLists } from './headSigner.ts';

const headAt = (feed: string, seq: number): Position => ({ feed: feed as FeedName, epoch: 'e1', seq, hash: sha256(`${feed} ${seq}`) });

function open({
  heads,
  keys = createPassingAuditKeys(),
  lists = forgottenHeadLists,
}: {
  heads: Position[];
  keys?: AuditKeys;
  lists?: HeadLists;
}) {
  const { clock, log, said, advanceMs } = createHandPorts();
  const sign = createHeadSigner({ allHeads: () => heads, keys, lists, countyId: 'al' as CountyId, clock, log });
  return { sign, said, advanceMs };
}

test('what a desk is sent is signed as a whole, its readable heads in clear', async () => {
  const heads = [headAt('county/al', 7), headAt('audit/al', 3)];
  const signFor = await open({ heads }).sign();
  const signed = SignedHeads.parse(signFor?.([headAt('county/al', 7)]));
  const { publicKey, signature } = signed;
  const changed = { ...signed, heads: [headAt('county/al', 6)] };
  expect([signed.heads, isSignedBy({ publicKey, signature, text: signedText(signed) })]).toEqual([[headAt('county/al', 7)], true]);
  expect(isSignedBy({ publicKey, signature, text: signedText(changed) })).toBe(false);
});

test('nobody learns from the seal whether a feed that he may not read has moved', async () => {
  const keys = createPassingAuditKeys();
  const told = async (hidden: Position[]) => {
    const { sign, advanceMs } = open({ keys, heads: [headAt('town/east', 7), ...hidden] });
    const first = (await sign())?.([headAt('town/east', 7)]);
    advanceMs(60_000);
    return [first, (await sign())?.([headAt('town/east', 7)])].map((each) => SignedHeads.parse(each));
  };
  const [quiet, busy] = await Promise.all([told([]), told([headAt('town/west', 9), headAt('audit/al', 2)])]);
  const plain = (messages: SignedHeads[] | undefined) =>
    messages?.map(({ seal, signature, ...rest }) => ({ ...rest, lengths: [seal.length, signature.length] }));
  expect(plain(busy)).toEqual(plain(quiet));
  // In a minute in which nothing happened the seal is another one too: a changed seal says nothing.
  expect(new Set([...(quiet ?? []), ...(busy ?? [])].map(({ seal }) => seal)).size).toBe(4);
});

test('without the list behind them no heads are sent, and the log says so', async () => {
  const lists: HeadLists = { keep: () => Promise.reject(new Error('disk full')) };
  const { sign, said } = open({ heads: [], lists });
  expect([await sign(), said]).toEqual([null, ['the list behind the signed heads could not be kept; none are sent']]);
});

test('a list is written when it has changed, and again on a new day', async () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'lists-'));
  const lists = createHeadFiles(folder);
  const dayMs = 24 * 60 * 60 * 1000;
  const noonMs = Date.UTC(2026, 0, 1, 12);
  const heads = [headAt('county/al', 7)];
  for (const atMs of [noonMs, noonMs + 60_000, noonMs + dayMs]) await lists.keep({ atMs, heads });
  await lists.keep({ atMs: noonMs + dayMs + 60_000, heads: [headAt('county/al', 8)] });
  const kept: unknown[] = [];
  for await (const list of readDayFiles(folder)) kept.push(list);
  rmSync(folder, { recursive: true });
  expect(kept.map((list) => ((list as { atMs: number }).atMs - noonMs) / 60_000)).toEqual([0, 1_440, 1_441]);
});

test('the key is made once, is readable by its owner only, and another file in its place is an error', () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'key-'));
  const file = path.join(folder, 'audit-key.pem');
  const first = openAuditKeys(folder);
  chmodSync(file, 0o644);
  const again = openAuditKeys(folder);
  const mode = statSync(file).mode & 0o777;
  expect([again.keyId, again.keyedHash('x'), mode]).toEqual([first.keyId, first.keyedHash('x'), 0o600]);
  writeFileSync(file, readFileSync(file, 'utf8').slice(0, 60));
  expect(() => openAuditKeys(folder)).toThrow('is no Ed25519 key');
  rmSync(folder, { recursive: true });
});
