import { createStore, type StoreApi } from 'zustand/vanilla';
import type { CameraId } from '#contract/values/index.ts';
import { isLastPictureSeen } from '#contract/wall/index.ts';
import type { RoomAccess } from '../room/index.ts';
import { type Place, registerName } from './grid.ts';

/** A tile's newest small picture, ready to be drawn. `pictureAtMs`: platform time. */
export type ShownThumbnail = { readonly cameraId: CameraId | null; readonly pictureAtMs: number; readonly bitmap: ImageBitmap };

/** The small pictures of all walls, by place: in memory only. */
export type ThumbnailSource = { readonly store: StoreApi<ReadonlyMap<string, ShownThumbnail>> };

/** Follows main's; nobody who is not logged in sees any, and what was seen is let go at log-out. */
export function createThumbnailSource({
  room,
  decode,
}: {
  room: Pick<RoomAccess, 'store' | 'ask' | 'onThumbnails'>;
  decode: (jpeg: Uint8Array<ArrayBuffer>) => Promise<ImageBitmap>;
}): ThumbnailSource {
  const store = createStore<ReadonlyMap<string, ShownThumbnail>>(() => new Map());
  let personId: string | null = null;
  room.onThumbnails(({ displayKey, cell, cameraId, pictureAtMs, jpeg }) => {
    const forWhom = personId;
    void decode(new Uint8Array(jpeg)).then(
      (bitmap) => {
        if (forWhom === null || forWhom !== personId) return bitmap.close();
        const name = registerName({ displayKey, cell });
        const before = store.getState().get(name);
        if (before !== undefined && before.cameraId === cameraId && before.pictureAtMs > pictureAtMs) return bitmap.close();
        store.setState((shown) => new Map(shown).set(name, { cameraId, pictureAtMs, bitmap }), true);
        before?.bitmap.close();
      },
      () => {}, // what cannot be decoded is not shown; the next one comes
    );
  });
  const follow = () => {
    const state = room.store.getState();
    const next = state?.bridge === 'open' ? (state.person?.personId ?? null) : personId;
    const isNew = next !== personId;
    const isOpen = state?.bridge === 'open';
    if (isNew) {
      for (const { bitmap } of store.getState().values()) bitmap.close();
      store.setState(new Map(), true);
    }
    personId = next;
    if (isOpen && personId !== null && (isNew || !wasOpen)) void room.ask('followThumbnails', {});
    wasOpen = isOpen;
  };
  let wasOpen = false;
  /** What may not be looked at any more goes, whatever its tile says afterwards. */
  const letGo = () => {
    const shown = store.getState();
    const gone = (room.store.getState()?.glass ?? []).flatMap(({ displayKey, cells }) =>
      cells.flatMap(({ cell, state }) => (isLastPictureSeen(state) ? [] : [registerName({ displayKey, cell })])),
    );
    const known = gone.filter((name) => shown.has(name));
    if (known.length === 0) return;
    for (const name of known) shown.get(name)?.bitmap.close();
    store.setState(new Map([...shown].filter(([name]) => !known.includes(name))), true);
  };
  room.store.subscribe((now, before) => {
    follow();
    if (now?.glass !== before?.glass) letGo();
  });
  follow();
  return { store };
}

/** The small picture of a place, if it is of that camera. */
export function thumbnailOf(
  shown: ReadonlyMap<string, ShownThumbnail>,
  { place, cameraId }: { place: Place; cameraId: CameraId | null },
): ShownThumbnail | null {
  const thumbnail = shown.get(registerName(place));
  return thumbnail === undefined || thumbnail.cameraId !== cameraId ? null : thumbnail;
}
