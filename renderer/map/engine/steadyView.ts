/** What deck.gl tells a layer's models before each frame; of it this is looked at. */
export type ToldView = { readonly project?: { readonly viewport: SeenView; readonly devicePixelRatio: number } };
type SeenView = { equals(other: SeenView): boolean };

/** Where a layer keeps what its models know; lies in the layer's state, so that it goes where the models go. */
export type KnownView = { knownView?: { readonly viewport: SeenView; readonly ratio: number } };

/**
 * Whether a layer's models know this view already: while the map stands still, deck.gl tells each of them the same figures for each frame, and
 * each is copied, flattened and compared to find that nothing is to be sent. Remembers what it is told.
 */
export function isViewKnown(state: KnownView, { project }: ToldView): boolean {
  if (project === undefined) return false;
  const { viewport, devicePixelRatio: ratio } = project;
  const { knownView } = state;
  if (knownView !== undefined && knownView.ratio === ratio && knownView.viewport.equals(viewport)) return true;
  state.knownView = { viewport, ratio };
  return false;
}
