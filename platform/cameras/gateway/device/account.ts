import type { Account } from './passwordTries.ts';

/** The account in a device's address; null when it names nobody. */
export function accountOf(url: URL): Account | null {
  if (url.username === '' && url.password === '') return null;
  return { host: url.host, user: decoded(url.username), password: decoded(url.password) };
}

/** A password like `100%` is nothing that can be decoded: it is meant as it stands. */
function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/** A device's address without account and pin. */
export function plainAddress(url: URL): string {
  const plain = new URL(url);
  plain.username = '';
  plain.password = '';
  plain.hash = '';
  return plain.href;
}
