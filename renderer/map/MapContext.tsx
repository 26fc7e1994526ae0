import { createContext, useContext } from 'react';
import { useStore } from 'zustand';
import type { MapDesk } from './mapDesk.ts';
import type { MapState } from './mapState.ts';

const Context = createContext<MapDesk | null>(null);

/** Hands the window's map to what is drawn inside it. */
export const MapProvider = Context;

/** The window's map; only inside MapProvider. */
export function useMapDesk(): MapDesk {
  const desk = useContext(Context);
  if (desk === null) throw new Error('drawn outside MapProvider');
  return desk;
}

/** A part of what is told about the map in words. */
export function useMapState<Part>(select: (state: MapState) => Part): Part {
  return useStore(useMapDesk().store, select);
}
