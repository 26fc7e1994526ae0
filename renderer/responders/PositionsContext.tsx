import { createContext, useContext } from 'react';
import type { PositionSource } from './positionSource.ts';

const Context = createContext<PositionSource | null>(null);

/** Hands the positions to what is drawn inside it. */
export const PositionsProvider = Context;

/** Where everybody is; only inside PositionsProvider. */
export function usePositions(): PositionSource {
  const positions = useContext(Context);
  if (positions === null) throw new Error('drawn outside PositionsProvider');
  return positions;
}
