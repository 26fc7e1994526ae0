import { useCallback, useEffect, useState } from 'react';
import type { EvidenceRow } from '#contract/evidence/index.ts';
import type { CameraId, Refusal } from '#contract/values/index.ts';
import { useRoomAccess } from '../room/index.ts';

/** What is kept, the newest first, as far as it was asked for. `count` null = nothing was answered yet. */
export type KeptList = {
  readonly rows: readonly EvidenceRow[];
  readonly count: number | null;
  readonly hasMore: boolean;
  readonly trouble: Refusal | null;
  /** Asks for older ones. */
  more(): void;
};

const nothing = { rows: [], count: null, hasMore: false } as const;

/** Asks for what is kept of a camera (null = of all that one may see), and again with every other `round`; only while `isAsked`. */
export function useKeptList({ cameraId, round, isAsked }: { cameraId: CameraId | null; round: number; isAsked: boolean }): KeptList {
  const { ask } = useRoomAccess();
  const [known, setKnown] = useState<Pick<KeptList, 'rows' | 'count' | 'hasMore'>>(nothing);
  const [trouble, setTrouble] = useState<Refusal | null>(null);
  useEffect(() => {
    if (!isAsked) return;
    let isOver = false;
    void ask('listEvidence', { cameraId, after: null }).then((answer) => {
      if (isOver) return;
      setKnown(answer.ok ? answer.value : nothing);
      setTrouble(answer.ok ? null : answer.refusal);
    });
    return () => {
      isOver = true;
    };
  }, [ask, cameraId, round, isAsked]);
  const last = known.rows.at(-1)?.evidenceId ?? null;
  const more = useCallback(async () => {
    const answer = await ask('listEvidence', { cameraId, after: last });
    setTrouble(answer.ok ? null : answer.refusal);
    if (answer.ok) setKnown((before) => ({ ...answer.value, rows: [...before.rows, ...answer.value.rows] }));
  }, [ask, cameraId, last]);
  return { ...known, trouble, more: () => void more() };
}
