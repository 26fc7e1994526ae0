import { z } from 'zod';
import { Purpose } from '#contract/cameras/index.ts';
import type { PersonId } from '#contract/values/index.ts';
import { patrol } from '../cameras/index.ts';
import type { RoomAccess } from '../room/index.ts';

const key = 'commandwall.purpose';
const Kept = z.object({ personId: z.string(), purpose: Purpose });

/** The purpose that this person named last in this window; patrol where none is known. */
export function rememberedPurpose(session: Storage, personId: PersonId | undefined): Purpose {
  try {
    const kept = Kept.safeParse(JSON.parse(session.getItem(key) ?? 'null'));
    return kept.success && kept.data.personId === personId ? kept.data.purpose : patrol;
  } catch {
    return patrol;
  }
}

/** Keeps it as long as the window's session. */
export function rememberPurpose({
  session,
  purpose,
  personId,
}: {
  session: Storage;
  purpose: Purpose;
  personId: PersonId | undefined;
}): void {
  if (personId !== undefined) session.setItem(key, JSON.stringify({ personId, purpose }));
}

/** Whoever logs in has reasons of his own. */
export function followPurpose({
  room,
  session,
  onPurpose,
}: {
  room: Pick<RoomAccess, 'store'>;
  session: Storage;
  onPurpose: (purpose: Purpose) => void;
}): void {
  room.store.subscribe((now, before) => {
    const personId = now?.person?.personId;
    if (now !== null && personId !== before?.person?.personId) onPurpose(rememberedPurpose(session, personId));
  });
}
