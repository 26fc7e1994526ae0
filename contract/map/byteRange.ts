/** Which bytes of a file are asked for. `end` is included. */
export type ByteRange =
  | { readonly kind: 'whole' }
  | { readonly kind: 'part'; readonly start: number; readonly end: number }
  /** Nothing of the file lies in the range: 416. */
  | { readonly kind: 'beyond' };

/** One range of bytes, as RFC 9110 section 14.1.2 writes it; anything else (other units, several ranges, words) asks for the whole file. */
export function readByteRange({ header, size }: { header: string | undefined; size: number }): ByteRange {
  const match = /^bytes=(\d{0,15})-(\d{0,15})$/.exec(header ?? '');
  if (match === null) return { kind: 'whole' };
  const [first = '', last = ''] = match.slice(1);
  if (first === '') return last === '' ? { kind: 'whole' } : lastBytes(Number(last), size);
  const [start, end] = [Number(first), last === '' ? size - 1 : Math.min(Number(last), size - 1)];
  if (last !== '' && Number(last) < start) return { kind: 'whole' };
  return start >= size ? { kind: 'beyond' } : { kind: 'part', start, end };
}

function lastBytes(count: number, size: number): ByteRange {
  return count === 0 || size === 0 ? { kind: 'beyond' } : { kind: 'part', start: Math.max(0, size - count), end: size - 1 };
}

/** What a path below `mapRoutes.folder` names: the pack of a hash and one of its files. Null for anything else. */
export function readPackPath(pathname: string): { readonly hash: string; readonly file: string } | null {
  const match = /^\/map\/pack\/([0-9a-f]{64})\/([A-Za-z0-9][A-Za-z0-9._-]{0,63})$/.exec(pathname);
  const [hash, file] = match?.slice(1) ?? [];
  return hash === undefined || file === undefined ? null : { hash, file };
}
