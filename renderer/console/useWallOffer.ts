import { useState } from 'react';
import { useStore } from 'zustand';
import type { CameraId } from '#contract/values/index.ts';
import type { DisplayScene } from '#contract/wall/index.ts';
import { useMapDesk } from '../map/index.ts';
import { useRoom } from '../room/index.ts';
import { byNumber, placeName } from '../wall/index.ts';
import { useConsole, useDirectory } from './ConsoleContext.tsx';
import { type WallOffer, wallOffer } from './wallOffer.ts';

/** Pictures that go to the wall together, and where they would go. */
export type OfferedPictures = WallOffer & {
  /** Names of the cells, `1.1 1.2`. */
  readonly places: string;
  /** Shows on the small wall what would become of it. */
  hint(isHinted: 'hinted' | 'not'): void;
  show(): void;
};

export type WallOffers = {
  readonly best: OfferedPictures;
  readonly all: OfferedPictures;
  /** Displays that could take them, and the one that is meant. */
  readonly scenes: readonly DisplayScene[];
  readonly scene: DisplayScene;
  choose(scene: DisplayScene): void;
};

// As many as one looks at together.
const together = 4;

/** The best four cameras of what is chosen on the map, and all of them, for a Display; null where there is none. */
export function useWallOffer(): WallOffers | null {
  const { view } = useConsole();
  const desk = useMapDesk();
  const directory = useDirectory();
  const ranked = useStore(desk.advice.store, ({ cameras }) => cameras);
  const selected = useStore(desk.selection.store, ({ contents }) => contents?.cameras);
  const displays = useRoom(({ displays: present }) => present);
  const wall = useRoom((room) => room.wall);
  const [chosen, setChosen] = useState<string | null>(null);
  const scenes = byNumber(wall.displays).filter(({ displayKey }) => displays.some((display) => display.displayKey === displayKey));
  const scene = scenes.find(({ displayKey }) => displayKey === chosen) ?? scenes[0];
  if (scene === undefined || directory === null) return null;
  const order = ranked.map(({ cameraId }) => cameraId);
  // Those that stand too far from the middle to be ranked, and those without a place, are of the area all the same.
  const isRanked = new Set(order);
  const rest = (selected ?? []).filter((id) => !isRanked.has(id) && (directory.cameras.get(id)?.streams.length ?? 0) > 0);
  const offer = (cameraIds: readonly CameraId[]): OfferedPictures => {
    const offered = wallOffer(scene, cameraIds);
    const to = { displayKey: scene.displayKey, cell: offered.placed[0]?.cell ?? 0 };
    const carried = { kind: 'assigned', placed: offered.placed, left: offered.left } as const;
    return {
      ...offered,
      places: offered.placed.map(({ cell }) => placeName({ number: scene.number, cell })).join(' '),
      hint: (isHinted) => view.hover(isHinted === 'hinted' ? carried : null, to),
      // A key that does nothing says why.
      show: () => (offered.placed.length === 0 ? view.tell('nothingToShow') : view.drop(carried, to)),
    };
  };
  const whole = [...order, ...rest];
  return { best: offer(whole.slice(0, together)), all: offer(whole), scenes, scene, choose: ({ displayKey }) => setChosen(displayKey) };
}
