import type { SurfaceAnswers } from '../access/index.ts';
import type { Positions } from './positions.ts';

/** What came in of positions, for whoever keeps the platform running. Not on the public page: counts there would tell of other territories. */
export function positionsAnswers({ positions }: { positions: Pick<Positions, 'health'> }): SurfaceAnswers<'positionsHealth'> {
  return { positionsHealth: ({ context }) => context.json(positions.health()) };
}
