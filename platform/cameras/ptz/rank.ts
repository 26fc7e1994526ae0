import type { Role } from '#contract/access/index.ts';

// Who may take a camera out of whose hands; equals do not.
const ranks: { readonly [Name in Role]?: number } = { leader: 4, shiftLeader: 3, dutyOfficer: 2, operator: 1, centerTown: 1 };

/** The highest rank of somebody's roles; 0 = none that steers. */
export function steeringRank(roles: readonly Role[]): number {
  return Math.max(0, ...roles.map((role) => ranks[role] ?? 0));
}
