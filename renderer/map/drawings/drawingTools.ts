import { createStore, type StoreApi } from 'zustand/vanilla';
import { type DrawingCommand, DrawingId, type DrawingKind, insideOf } from '#contract/map/index.ts';
import type { RegionLevel } from '#contract/directory/index.ts';
import type { LngLat, RegionId, Result } from '#contract/values/index.ts';
import type { DirectoryCopy } from '../../directory/index.ts';

/** What is being drawn. */
export type DrawingDraft = { readonly kind: DrawingKind; readonly points: readonly LngLat[]; readonly text: string | null };

/** How long a drawing may be asked to stay, hours. */
export const drawingHours = [2, 8, 24, 72, 168] as const;

/** What somebody is drawing with; view state, gone with the window. */
export type DrawingToolsState = {
  readonly isOpen: boolean;
  readonly tool: DrawingKind | null;
  readonly points: readonly LngLat[];
  readonly words: string;
  readonly hours: (typeof drawingHours)[number];
  /** One that stands and was pointed at. */
  readonly selected: DrawingId | null;
  /** Code of why the last one was not taken; null = it was. */
  readonly refusal: { readonly code: string; readonly params?: Readonly<Record<string, string | number>> } | null;
};

/** Draws for a person: what is finished goes to main as a command and comes back as the room. */
export type DrawingTools = {
  readonly store: StoreApi<DrawingToolsState>;
  open(isOpen: 'open' | 'closed'): void;
  /** Takes a tool in hand, or puts the same one away. */
  pick(tool: DrawingKind): void;
  addPoint(place: LngLat): void;
  setWords(words: string): void;
  setHours(hours: DrawingToolsState['hours']): void;
  finish(): void;
  /** Takes the innermost thing back: places that are in hand, the tool, the mark on one that stands, the bar. */
  stepBack(): void;
  /** Puts the tool away with what it has in hand. */
  putAway(): void;
  select(id: DrawingId | null): void;
  erase(id: DrawingId): void;
  /** Asks for one that was not taken once more, as a new one of the region that holds it now. */
  again(command: Extract<DrawingCommand, { type: 'map.draw' }>): void;
  /** Takes back the newest one that was drawn from here. */
  undo(): void;
};

export type DrawingToolsPorts = {
  readonly ask: (command: DrawingCommand) => Promise<Result<unknown>>;
  readonly directory: () => DirectoryCopy | null;
  readonly ringsOf: (regionId: RegionId) => readonly (readonly LngLat[])[] | null;
  readonly newId: () => string;
};

const atOnce: readonly DrawingKind[] = ['text', 'assemblyPoint'];
const fewest: Readonly<Record<DrawingKind, number>> = { arrow: 2, line: 2, area: 3, text: 1, assemblyPoint: 1 };
const mostPoints = 200;

export function createDrawingTools(ports: DrawingToolsPorts): DrawingTools {
  const store = createStore<DrawingToolsState>(() => ({
    ...{ isOpen: false, tool: null, points: [], words: '', hours: 8, selected: null, refusal: null },
  }));
  // Newest last; what was erased since is refused quietly by the platform.
  const own: DrawingId[] = [];
  const send = async (command: DrawingCommand) => {
    const answer = await ports.ask(command);
    store.setState({ refusal: answer.ok ? null : answer.refusal });
  };
  const draw = ({ tool, points, words, hours }: DrawingToolsState) => {
    if (tool === null || points.length < fewest[tool]) return;
    const text = words.trim() === '' ? null : words.trim();
    if (tool === 'text' && text === null) return store.setState({ points: [], refusal: { code: 'map.textMissing' } });
    const regionId = smallestHolding(points, ports);
    if (regionId === null) return;
    const id = DrawingId.parse(ports.newId());
    own.push(id);
    store.setState({ points: [], words: '', tool: atOnce.includes(tool) ? null : tool });
    void send({ type: 'map.draw', id, regionId, hours, shape: { kind: tool, points: [...points], text } });
  };
  const erase = (id: DrawingId) => {
    store.setState({ selected: null });
    void send({ type: 'map.eraseDrawing', id });
  };
  return {
    store,
    open: (isOpen) => store.setState({ isOpen: isOpen === 'open', tool: null, points: [], selected: null, refusal: null }),
    pick: (tool) => store.setState((state) => ({ tool: state.tool === tool ? null : tool, points: [], selected: null, refusal: null })),
    addPoint: (place) => {
      const { tool, points } = store.getState();
      if (tool === null || points.length >= mostPoints) return;
      store.setState({ points: [...points, place] });
      if (atOnce.includes(tool)) draw(store.getState());
    },
    setWords: (words) => store.setState({ words: words.slice(0, 24), refusal: null }),
    setHours: (hours) => store.setState({ hours }),
    finish: () => draw(store.getState()),
    stepBack: () =>
      store.setState(({ points, tool, selected }) => {
        if (points.length > 0) return { points: [] };
        if (tool !== null) return { tool: null, refusal: null };
        return selected === null ? { isOpen: false, refusal: null } : { selected: null };
      }),
    putAway: () => store.setState({ tool: null, points: [] }),
    select: (selected) => store.setState({ selected }),
    erase,
    again: (command) => {
      const id = DrawingId.parse(ports.newId());
      own.push(id);
      void send({ ...command, id, regionId: smallestHolding(command.shape.points, ports) ?? command.regionId });
    },
    undo: () => {
      const { points } = store.getState();
      if (points.length > 0) return store.setState({ points: points.slice(0, -1) });
      const id = own.pop();
      if (id !== undefined) erase(id);
    },
  };
}

const smallestFirst: readonly RegionLevel[] = ['grid', 'village', 'town', 'county'];

/** The smallest region that holds all places; where none does, the whole territory. Null while the directory is not here. */
export function smallestHolding(
  points: readonly LngLat[],
  { directory, ringsOf }: Pick<DrawingToolsPorts, 'directory' | 'ringsOf'>,
): RegionId | null {
  const copy = directory();
  if (copy === null) return null;
  for (const level of smallestFirst) {
    for (const { id, level: own } of copy.regions.values()) {
      if (own === level && points.every(insideOf({ kind: 'region', regionId: id }, ringsOf))) return id;
    }
  }
  return copy.tree.roots[0]?.region.id ?? null;
}
