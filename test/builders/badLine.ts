import { execFileSync, spawnSync } from 'node:child_process';

/** What a line between a desk and the platform may do to what is sent over it. */
export type Weather =
  | { readonly kind: 'clear' }
  /** Nothing gets through, and nobody is told so. */
  | { readonly kind: 'cut' }
  /** Only what the desk says is lost, or only what it is told. */
  | { readonly kind: 'oneWay'; readonly lost: 'toPlatform' | 'toDesk' }
  /** So many of a hundred packets are lost, either way. */
  | { readonly kind: 'loss'; readonly percent: number }
  | { readonly kind: 'slow'; readonly kbitPerS: number };

/** A network of its own for a platform, with two lines into it: one whose weather the test makes, one that is always clear. */
export type BadLine = {
  /** A program and its arguments that run another program in that network. */
  readonly under: readonly string[];
  readonly platformHost: { readonly bad: string; readonly good: string };
  become(weather: Weather): void;
  /** Packets that this weather has dropped or held up so far: none of it was tried while this is 0. */
  bitten(): number;
  remove(): void;
};

const run = (words: string) => execFileSync('/bin/sh', ['-ec', words], { stdio: ['ignore', 'pipe', 'pipe'] });

/** Whether this machine lets a test make networks; the reason is printed where it does not. */
export function canMakeLines(): boolean {
  const name = `cwtry${process.pid}`;
  const tried = spawnSync('/bin/sh', [
    '-ec',
    `ip netns add ${name}; ip netns exec ${name} nft list ruleset; ip netns exec ${name} tc qdisc show`,
  ]);
  spawnSync('ip', ['netns', 'del', name]);
  if (tried.status === 0) return true;
  const why = tried.stderr.toString('utf8').trim() || String(tried.error);
  process.stderr.write(`SKIPPED: no network may be made here, so bad lines are not tried (${why})\n`);
  return false;
}

/** Makes one. Names and addresses follow from the process, so that two runs do not meet. */
export function openBadLine(): BadLine {
  const space = `cw${process.pid}`;
  const net = 64 + (process.pid % 64);
  const lines = { bad: { dev: `cwb${process.pid}`, host: `100.${net}.1` }, good: { dev: `cwg${process.pid}`, host: `100.${net}.2` } };
  run(`ip netns add ${space}; ip -n ${space} link set lo up`);
  for (const { dev, host } of Object.values(lines)) {
    run(`ip link add ${dev} type veth peer name ${dev}p netns ${space}`);
    run(
      `ip addr add ${host}.1/24 dev ${dev}; ip link set ${dev} up; ip -n ${space} addr add ${host}.2/24 dev ${dev}p; ip -n ${space} link set ${dev}p up`,
    );
  }
  const { dev } = lines.bad;
  const inside = (words: string) => run(`ip netns exec ${space} ${words}`);
  inside(
    `nft 'add table inet w; add chain inet w in { type filter hook input priority 0; }; add chain inet w out { type filter hook output priority 0; }'`,
  );
  const drop = { toPlatform: `add rule inet w in iifname ${dev}p`, toDesk: `add rule inet w out oifname ${dev}p` };

  function clear(): void {
    inside(`nft 'flush chain inet w in; flush chain inet w out'`);
    for (const del of [`tc qdisc del dev ${dev} root`, `ip netns exec ${space} tc qdisc del dev ${dev}p root`])
      spawnSync('/bin/sh', ['-c', del]);
  }

  return {
    under: ['ip', 'netns', 'exec', space],
    platformHost: { bad: `${lines.bad.host}.2`, good: `${lines.good.host}.2` },
    become(weather) {
      clear();
      switch (weather.kind) {
        case 'clear':
          return;
        case 'cut':
          return void inside(`nft '${drop.toPlatform} counter drop; ${drop.toDesk} counter drop'`);
        case 'oneWay':
          return void inside(`nft '${drop[weather.lost]} counter drop'`);
        case 'loss': {
          const lottery = `numgen random mod 100 < ${weather.percent} counter drop`;
          return void inside(`nft '${drop.toPlatform} ${lottery}; ${drop.toDesk} ${lottery}'`);
        }
        case 'slow': {
          const bucket = `root tbf rate ${weather.kbitPerS}kbit burst 2kb latency 2s`;
          run(`tc qdisc add dev ${dev} ${bucket}`);
          return void inside(`tc qdisc add dev ${dev}p ${bucket}`);
        }
      }
    },
    bitten() {
      const shown = run(
        `ip netns exec ${space} nft list table inet w; tc -s qdisc show dev ${dev}; ip netns exec ${space} tc -s qdisc show dev ${dev}p`,
      ).toString('utf8');
      return [...shown.matchAll(/counter packets (\d+)|overlimits (\d+)/g)].reduce(
        (sum, [, dropped, held]) => sum + Number(dropped ?? held),
        0,
      );
    },
    remove() {
      for (const { dev: name } of Object.values(lines)) spawnSync('ip', ['link', 'del', name]);
      spawnSync('ip', ['netns', 'del', space]);
    },
  };
}
