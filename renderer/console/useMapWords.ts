import { useThingWords } from '../map/index.ts';
import { useDirectory } from './ConsoleContext.tsx';

/** Lengths, areas and things of the map in words. */
export function useMapWords() {
  return useThingWords(useDirectory());
}
