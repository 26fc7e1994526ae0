import { createContext, useContext, useEffect } from 'react';
import { useStore } from 'zustand';
import { createStore } from 'zustand/vanilla';
import type { Camera } from '#contract/cameras/index.ts';
import type { CameraId } from '#contract/values/index.ts';
import type { CameraBook } from './cameraBook.ts';

const Context = createContext<CameraBook>({ store: createStore(() => new Map()), want: () => {} });

/** Hands the window's camera book to what is drawn inside. */
export const CameraBookProvider = Context;

/** A camera by its id: undefined while it is being asked for, null when this desk has no such camera, or none is asked for. */
export function useCamera(cameraId: CameraId | null): Camera | null | undefined {
  const book = useContext(Context);
  useEffect(() => {
    if (cameraId !== null) book.want(cameraId);
  }, [book, cameraId]);
  return useStore(book.store, (cameras) => (cameraId === null ? null : cameras.get(cameraId)));
}
