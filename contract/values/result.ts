/**
 * An expected failure as a value. `code` is `<feature>.<reason>`, an i18n key of the feature's `refusals`, never a sentence.
 * `params` hold what the sentence needs (ids, numbers, names of fields); never a secret.
 */
export type Refusal<Code extends string = string> = {
  readonly code: Code;
  readonly params?: Readonly<Record<string, string | number>>;
};

/** What every asked thing answers: the value, or why not. Bugs throw; refusals are returned. */
export type Result<Value, Code extends string = string> =
  | { readonly ok: true; readonly value: Value }
  | { readonly ok: false; readonly refusal: Refusal<Code> };

/** Wraps a value as a successful Result. */
export function granted<Value>(value: Value): { readonly ok: true; readonly value: Value } {
  return { ok: true, value };
}

/** Wraps a refusal code (and what its sentence needs) as a failed Result. */
export function refused<Code extends string>(
  code: Code,
  params?: Refusal['params'],
): { readonly ok: false; readonly refusal: Refusal<Code> } {
  return { ok: false, refusal: params === undefined ? { code } : { code, params } };
}
