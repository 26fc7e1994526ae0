import type { SourceRow } from '../../record/index.ts';
import type { TypedRow } from '../directory.ts';
import type { TableKind } from './columns.ts';
import type { RawPoint } from './readings.ts';

/** What a table's row means. */
export type Candidate = {
  readonly line: number;
  readonly typed: Extract<TypedRow, { kind: TableKind }>;
  /** A camera's sources when the file speaks of them; null = it does not, they stay as they are. */
  readonly sources: readonly SourceRow[] | null;
  /** As it stands in the file, for the question which coordinate system the file is really in. */
  readonly point: RawPoint | null;
  /** Two rows of a file with one of these in common mean the same thing. The first is shown. */
  readonly keys: readonly string[];
};
