import { argon2, timingSafeEqual } from 'node:crypto';
import { promisify } from 'node:util';

/** Hashes and checks passwords. A port because the real one is slow on purpose. */
export type Passwords = {
  /** A self-describing hash with its own salt. */
  hash(password: string): Promise<string>;
  verify(password: string, stored: string): Promise<boolean>;
};

/** argon2id at OWASP's second recommendation (19 MiB, 2 passes, 1 lane): a log-in stays below a tenth of a second on a small server. */
export const argonCost = { memory: 19_456, passes: 2, parallelism: 1 } as const;

const tagLength = 32;
const saltBytes = 16;
/** Hashes at once. More would only take memory from the rest: 20 log-ins at the change of shift wait for a second. */
const atOnce = 2;
/** Waiting log-ins; beyond it a flood is under way and the next one is turned away. */
const maxWaiting = 64;

type Cost = { readonly memory: number; readonly passes: number; readonly parallelism: number };
const derive = promisify(argon2);

/** argon2id of Node's own crypto. `newSalt` gives that many random bytes. `verify` and `hash` reject when too many are waiting. */
export function createArgonPasswords({ newSalt, cost = argonCost }: { newSalt: (bytes: number) => Uint8Array; cost?: Cost }): Passwords {
  const gate = createGate();
  return {
    hash: (password) =>
      gate(async () => {
        const salt = newSalt(saltBytes);
        const tag = await derive('argon2id', { message: password, nonce: salt, tagLength, ...cost });
        return toText({ cost, salt, tag });
      }),
    verify: (password, stored) =>
      gate(async () => {
        const known = fromText(stored);
        if (known === null) return false;
        const tag = await derive('argon2id', { message: password, nonce: known.salt, tagLength: known.tag.length, ...known.cost });
        return timingSafeEqual(tag, known.tag);
      }),
  };
}

/** The usual PHC text: `$argon2id$v=19$m=19456,t=2,p=1$<salt>$<tag>`. */
function toText({ cost, salt, tag }: { cost: Cost; salt: Uint8Array; tag: Uint8Array }): string {
  const encode = (bytes: Uint8Array) => Buffer.from(bytes).toString('base64').replaceAll('=', '');
  return `$argon2id$v=19$m=${cost.memory},t=${cost.passes},p=${cost.parallelism}$${encode(salt)}$${encode(tag)}`;
}

function fromText(stored: string): { cost: Cost; salt: Buffer; tag: Buffer } | null {
  const parts = /^\$argon2id\$v=19\$m=(\d{1,7}),t=(\d{1,3}),p=(\d{1,3})\$([A-Za-z0-9+/]+)\$([A-Za-z0-9+/]+)$/.exec(stored);
  if (parts === null) return null;
  const [, memory, passes, parallelism, salt = '', tag = ''] = parts;
  const cost = { memory: Number(memory), passes: Number(passes), parallelism: Number(parallelism) };
  return { cost, salt: Buffer.from(salt, 'base64'), tag: Buffer.from(tag, 'base64') };
}

/** Lets a few run at once and the rest wait in line. */
function createGate() {
  let running = 0;
  const waiting: (() => void)[] = [];
  return async function pass<Value>(run: () => Promise<Value>): Promise<Value> {
    if (running >= atOnce) {
      if (waiting.length >= maxWaiting) throw new Error('too many log-ins at once');
      await new Promise<void>((resolve) => waiting.push(resolve));
    } else running += 1;
    try {
      return await run();
    } finally {
      const next = waiting.shift();
      if (next === undefined) running -= 1;
      else next();
    }
  };
}
