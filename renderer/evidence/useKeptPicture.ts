import { useEffect, useRef, useState } from 'react';
import type { Purpose } from '#contract/cameras/index.ts';
import type { EvidenceRow } from '#contract/evidence/index.ts';
import type { Refusal } from '#contract/values/index.ts';
import { useRoomAccess } from '../room/index.ts';
import { fetchKept } from './fetchKept.ts';

/** The picture that is open: on its way, shown, or why not. */
export type KeptPicture =
  | { readonly kind: 'none' }
  | { readonly kind: 'opening'; readonly row: EvidenceRow }
  | { readonly kind: 'shown'; readonly row: EvidenceRow; readonly url: string }
  | { readonly kind: 'refused'; readonly row: EvidenceRow; readonly refusal: Refusal };

/** Opens one picture at a time; the one before, and with the window every one, is gone from memory. Each opening is on the record. */
export function useKeptPicture(): { readonly picture: KeptPicture; open(row: EvidenceRow, purpose: Purpose): void; close(): void } {
  const { ask } = useRoomAccess();
  const [picture, setPicture] = useState<KeptPicture>({ kind: 'none' });
  const turn = useRef(0);
  useEffect(() => {
    if (picture.kind !== 'shown') return;
    return () => URL.revokeObjectURL(picture.url);
  }, [picture]);
  useEffect(
    () => () => {
      turn.current += 1;
    },
    [],
  );
  const open = async (row: EvidenceRow, purpose: Purpose) => {
    turn.current += 1;
    const own = turn.current;
    setPicture({ kind: 'opening', row });
    const grant = await ask('openEvidence', { evidenceId: row.evidenceId, purpose });
    const fetched = grant.ok ? await fetchKept(grant.value) : grant;
    // Somebody has opened another one meanwhile, or closed the window.
    if (own !== turn.current) return;
    setPicture(
      fetched.ok ? { kind: 'shown', row, url: URL.createObjectURL(fetched.value) } : { kind: 'refused', row, refusal: fetched.refusal },
    );
  };
  const close = () => {
    turn.current += 1;
    setPicture({ kind: 'none' });
  };
  return { picture, open: (row, purpose) => void open(row, purpose), close };
}
