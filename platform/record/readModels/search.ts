import type { SearchKind } from '#contract/search/index.ts';
import type { CameraId, RegionId } from '#contract/values/index.ts';

/**
 * A thing that can be found, already taken apart: no store has a tokenizer of its own. Tokens hold letters and digits only, separated by
 * spaces. `pairs` are two neighbouring Chinese characters each, in order, with `x` between texts; `characters` single ones; `words` all else.
 */
export type SearchDocument = {
  readonly kind: SearchKind;
  /** The thing's id, or a register row's `seq`. */
  readonly ref: string;
  /** Where it is: its region, or that of its camera. */
  readonly regionId: RegionId | null;
  readonly cameraId: CameraId | null;
  /** What it is called; shorter ones come first among equals. */
  readonly title: string;
  readonly pairs: string;
  readonly characters: string;
  readonly words: string;
};

/** One part of a question; a document must have all of them. */
export type SearchTerm =
  /** Neighbouring pairs, one after the other. */
  | { readonly kind: 'pairs'; readonly tokens: readonly string[] }
  | { readonly kind: 'character'; readonly token: string }
  /** The beginning of a word. */
  | { readonly kind: 'begins'; readonly token: string };

/** What may be found: kinds, and the regions they must lie in or below; null = anywhere. */
export type SearchScope = { readonly kinds: readonly SearchKind[]; readonly territory: readonly RegionId[] | null };

/** What is asked of the store. */
export type SearchAsked = { readonly terms: readonly SearchTerm[]; readonly scopes: readonly SearchScope[]; readonly limit: number };

/** One thing that was found; `cameraId` is the camera that a register's row is about, null for everything else. */
export type SearchFound = { readonly kind: SearchKind; readonly ref: string; readonly cameraId: CameraId | null };
