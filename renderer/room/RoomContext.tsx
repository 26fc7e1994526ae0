import { createContext, type ReactNode, useContext } from 'react';
import { useStore } from 'zustand';
import type { RoomAccess } from './room.ts';
import type { RoomState } from './roomState.ts';
import type { Ticker } from './ticker.ts';

type Provided = { readonly room: RoomAccess; readonly ticker: Ticker };

const Context = createContext<Provided | null>(null);

/** Gives the window's room to what is drawn inside it. */
export function RoomProvider({ room, ticker, children }: Provided & { children: ReactNode }) {
  return <Context value={{ room, ticker }}>{children}</Context>;
}

/** The services of this window's room. */
export function useRoomAccess(): RoomAccess {
  return useProvided().room;
}

/** A part of the room; only inside `RoomProvider` and after the first hello (RoomGate waits for it). */
export function useRoom<Part>(select: (state: RoomState) => Part): Part {
  return useStore(useProvided().room.store, (state) => {
    if (state === null) throw new Error('the room was asked for before the first hello');
    return select(state);
  });
}

/** Platform time, moving at the ticker's pace; `select` keeps a component from being drawn more often than its text changes. */
export function usePlatformTime<Part>(select: (nowMs: number) => Part): Part {
  return useStore(useProvided().ticker, select);
}

function useProvided(): Provided {
  const provided = useContext(Context);
  if (provided === null) throw new Error('drawn outside RoomProvider');
  return provided;
}
