import { X509Certificate } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import type { PlatformTrust, ShownCertificate } from '#contract/bridge/index.ts';
import type { LinkLog } from '#contract/link/index.ts';
import { type Clock, granted, type Result, refused } from '#contract/values/index.ts';
import type { InspectPlatform } from './inspectPlatform.ts';
import { judgeChain } from './judgeChain.ts';
import { readTrust, type TrustedAuthority, writeTrust } from './trustFile.ts';

/** Whom a connection is to believe. `unknown` = nobody has said yet: do not connect. Certificate as PEM. */
export type Believed =
  | { readonly kind: 'plain' }
  | { readonly kind: 'unknown' }
  | { readonly kind: 'authority'; readonly certificate: string };

/** What connections to the platform need of its trust. */
export type TrustedLine = {
  /** The only one to believe now. */
  believed(): Believed;
  /** A connection came about by it. */
  reached(): void;
  /** None came about, for whatever reason: it is found out whether the certificate is one. */
  failed(): void;
};

/** Whom this desk believes to be the platform. */
export type PlatformTrustStore = TrustedLine & {
  state(): PlatformTrust;
  /** Somebody has compared this fingerprint with what the platform's people say. Only the first time; later one needs a file. */
  accept(fingerprint: string): Promise<Result<null>>;
  /** The authority for the windows; null = there is none (yet). */
  pinned(): X509Certificate | null;
};

export type PlatformTrustOptions = {
  file: string;
  platformUrl: string;
  /** A file (PEM) that was handed over with the authority; it replaces what was believed before. */
  handedOver: string | null;
  inspect: InspectPlatform;
  clock: Clock;
  log: LinkLog;
  /** Called after each change of the state. */
  onChange: (state: PlatformTrust) => void;
  /** Called when another authority is believed. */
  onPinned: (authority: X509Certificate) => void;
};

/** How often it is looked at what is shown while no connection comes about. Unit: ms. */
const lookAtMostEveryMs = 5_000;

/** Reads whom this desk believes. Rejects with a sentence when the file that was handed over is no authority's. */
export async function openPlatformTrust(options: PlatformTrustOptions): Promise<PlatformTrustStore> {
  const { file, platformUrl, handedOver, clock } = options;
  if (new URL(platformUrl).protocol === 'http:') return plainTrust;
  if (handedOver === null) return createTrust({ options, trusted: await readTrust(file) });
  const certificate = await authorityFrom(handedOver);
  const kept = await readTrust(file);
  const isSame = kept?.certificate.fingerprint256 === certificate.fingerprint256;
  const trusted: TrustedAuthority = isSame ? kept : { certificate, sinceMs: clock.nowMs() };
  if (!isSame) await writeTrust(file, { ...trusted, how: 'fileHandedOver' });
  return createTrust({ options, trusted });
}

const plainTrust: PlatformTrustStore = {
  believed: () => ({ kind: 'plain' }),
  reached: () => {},
  failed: () => {},
  state: () => ({ kind: 'plain' }),
  accept: async () => refused('room.nothingToTrust'),
  pinned: () => null,
};

async function authorityFrom(file: string): Promise<X509Certificate> {
  const certificate = await readFile(file).then(
    (bytes) => new X509Certificate(bytes),
    (error: unknown) => {
      throw new Error(`${file} cannot be read.`, { cause: error });
    },
  );
  if (!certificate.ca)
    throw new Error(`${file} is the certificate of a server and not of an authority: take the file that npm run certificates wrote.`);
  return certificate;
}

function createTrust({ options, trusted: first }: { options: PlatformTrustOptions; trusted: TrustedAuthority | null }): PlatformTrustStore {
  const { file, platformUrl, inspect, clock, log, onChange, onPinned } = options;
  let trusted = first;
  let state: PlatformTrust = stateFor(first);
  let offered: X509Certificate | null = null;
  let lookedAtMs = Number.NEGATIVE_INFINITY;
  let isLooking = false;

  function change(next: PlatformTrust): void {
    if (JSON.stringify(next) === JSON.stringify(state)) return;
    tell({ next, before: state, log });
    state = next;
    onChange(next);
  }

  async function look(): Promise<void> {
    const chain = await inspect(platformUrl);
    const [server] = chain ?? [];
    if (chain === null || server === undefined) return;
    const shown = shownOf(chain);
    const nowMs = clock.nowMs();
    if (trusted === null) {
      offered = chain.at(-1) ?? null;
      return change({ kind: 'unknown', shown });
    }
    const { certificate: authority, sinceMs } = trusted;
    const notBeforeMs = Math.max(sinceMs, authority.validFromDate.getTime());
    const problem = judgeChain({ chain, authority, host: new URL(platformUrl).hostname, nowMs, notBeforeMs });
    if (problem === null) return change(stateFor(trusted));
    const isSame = state.kind === 'refused' && state.problem === problem && state.shown.fingerprint === shown.fingerprint;
    change({
      kind: 'refused',
      problem,
      shown,
      trustedFingerprint: authority.fingerprint256,
      sinceMs: isSame && state.kind === 'refused' ? state.sinceMs : nowMs,
    });
  }

  return {
    believed: () => (trusted === null ? { kind: 'unknown' } : { kind: 'authority', certificate: trusted.certificate.toString() }),
    reached: () => change(stateFor(trusted)),
    failed() {
      const nowMs = clock.nowMs();
      // A clock that was set back must not stop the looking.
      const isTooSoon = nowMs >= lookedAtMs && nowMs - lookedAtMs < lookAtMostEveryMs;
      if (isLooking || isTooSoon) return;
      isLooking = true;
      lookedAtMs = nowMs;
      void look()
        .catch((error: unknown) => log.warn({ err: error }, "the platform's certificate could not be read"))
        .finally(() => (isLooking = false));
    },
    state: () => state,
    pinned: () => trusted?.certificate ?? null,
    async accept(fingerprint) {
      // A desk that believes somebody already is never talked into somebody else by what it is shown.
      if (trusted !== null || offered === null) return refused('room.nothingToTrust');
      if (offered.fingerprint256 !== fingerprint || !offered.ca) return refused('room.otherFingerprint');
      const accepted: TrustedAuthority = { certificate: offered, sinceMs: clock.nowMs() };
      await writeTrust(file, { ...accepted, how: 'fingerprintCompared' });
      trusted = accepted;
      change(stateFor(accepted));
      onPinned(accepted.certificate);
      return granted(null);
    },
  };
}

function stateFor(trusted: TrustedAuthority | null): PlatformTrust {
  if (trusted === null) return { kind: 'unknown', shown: null };
  return { kind: 'trusted', authorityFingerprint: trusted.certificate.fingerprint256 };
}

function shownOf(chain: readonly X509Certificate[]): ShownCertificate {
  const [server, top] = [chain[0], chain.at(-1)];
  return {
    names: (server?.subjectAltName ?? '').slice(0, 2_000),
    authority: (/^CN=(.*)$/m.exec(top?.subject ?? '')?.[1] ?? top?.subject ?? '').slice(0, 200),
    fingerprint: top?.fingerprint256 ?? '',
    validFromMs: server?.validFromDate.getTime() ?? 0,
    validToMs: server?.validToDate.getTime() ?? 0,
  };
}

/** One line per change; the reconnecting itself is told nowhere. */
function tell({ next, before, log }: { next: PlatformTrust; before: PlatformTrust; log: LinkLog }): void {
  switch (next.kind) {
    case 'plain':
      return;
    case 'trusted':
      if (before.kind !== 'trusted') log.info({ authority: next.authorityFingerprint }, 'the platform is believed');
      return;
    case 'unknown':
      log.warn({ shown: next.shown }, 'nobody has said yet whose certificate the platform has: compare the fingerprint at the console');
      return;
    case 'refused':
      log.error(
        { problem: next.problem, shown: next.shown, trusted: next.trustedFingerprint, deskTime: new Date(next.sinceMs).toISOString() },
        "the platform's certificate is not believed: nothing is sent to it (docs/operations.md, certificates)",
      );
  }
}
