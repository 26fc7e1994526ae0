import { z } from 'zod';
import { bridgeLimits, type MethodName, methodArguments, methodsOf, type WindowIdentity } from '#contract/bridge/index.ts';

/** A call of a window in birpc's frame (its RpcRequest): `q`, id, method, one message. */
const CallFrame = z.strictObject({
  t: z.literal('q'),
  i: z.string().min(1).max(64).optional(),
  m: z.string().max(64),
  a: z.array(z.unknown()).max(1),
  o: z.boolean().optional(),
});

/** A parsed call, safe to run: the method belongs to this kind of window and its message has the method's shape. */
export type WindowCall = { readonly t: 'q'; readonly i?: string; readonly m: MethodName; readonly a: readonly [object] };

export type ReadFrame =
  | { readonly kind: 'call'; readonly call: WindowCall }
  | { readonly kind: 'dropped'; readonly why: string; readonly method: string | null };

/** Reads one frame of a window. Everything that is not exactly a call of its kind is dropped, never half run (style.md 15). */
export function readFrame(frame: string, windowKind: WindowIdentity['kind']): ReadFrame {
  if (Buffer.byteLength(frame) > bridgeLimits.toMainBytes) return { kind: 'dropped', why: 'tooLong', method: null };
  const parsed = CallFrame.safeParse(parseJson(frame));
  if (!parsed.success) return { kind: 'dropped', why: 'notACall', method: null };
  const { i, m } = parsed.data;
  const method = methodsOf[windowKind].find((name) => name === m);
  if (method === undefined) return { kind: 'dropped', why: 'unknownMethod', method: m };
  const message = methodArguments[method].safeParse(parsed.data.a[0] ?? {});
  if (!message.success) return { kind: 'dropped', why: 'badMessage', method };
  return { kind: 'call', call: { t: 'q', ...(i === undefined ? {} : { i }), m: method, a: [message.data] } };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
