import { z } from 'zod';
import type { RegionId } from '#contract/values/index.ts';

/** Roles of safety.md. One account may hold several: at night one person is all of the room. */
export const Role = z.enum([
  'dutyOfficer',
  'shiftLeader',
  'leader',
  'operator',
  'callBackAgent',
  'unitLiaison',
  'centerTown',
  'centerVillage',
  'responder',
  'auditor',
  'administrator',
]);
export type Role = z.infer<typeof Role>;

/** Who asks. A device is a workstation looking on with nobody logged in: it may look, never command. */
export type PolicyActor =
  | { readonly kind: 'person'; readonly roles: readonly Role[]; readonly territory: readonly RegionId[] }
  | { readonly kind: 'device'; readonly territory: readonly RegionId[] };

/** Everything that can be asked. A surface declares one of these; there is no other way in. */
export const actions = [
  'feed.read',
  'directory.read',
  'directory.import',
  'directory.export',
  'cameras.openView',
  'cameras.reportFault',
  'cameras.clearFault',
  'access.enrolDevice',
  'access.administer',
  'audit.read',
] as const;
/** One thing that can be asked. */
export type Action = (typeof actions)[number];

/**
 * What it is about: the region it lies in, with all regions above it (`regionPath`, any order). County-wide things have the county's path.
 */
export type PolicySubject = { readonly regionPath: readonly RegionId[] };

const rolesFor: { readonly [Name in Action]: readonly Role[] } = {
  'feed.read': [
    'dutyOfficer',
    'shiftLeader',
    'leader',
    'operator',
    'callBackAgent',
    'centerTown',
    'centerVillage',
    'auditor',
    'administrator',
  ],
  'directory.read': [
    'dutyOfficer',
    'shiftLeader',
    'leader',
    'operator',
    'callBackAgent',
    'unitLiaison',
    'centerTown',
    'centerVillage',
    'administrator',
  ],
  'directory.import': ['administrator'],
  'directory.export': ['administrator'],
  'cameras.openView': ['dutyOfficer', 'shiftLeader', 'leader', 'operator', 'centerTown'],
  'cameras.reportFault': ['dutyOfficer', 'shiftLeader', 'leader', 'operator', 'centerTown', 'centerVillage', 'administrator'],
  'cameras.clearFault': ['dutyOfficer', 'shiftLeader', 'administrator'],
  'access.enrolDevice': ['dutyOfficer', 'shiftLeader', 'administrator'],
  'access.administer': ['administrator'],
  // Not the administrator: who runs the accounts does not read who looked at what, unless he is made an auditor, which is on the record.
  'audit.read': ['auditor'],
};

const deviceActions: readonly Action[] = ['feed.read', 'directory.read', 'cameras.openView'];

/** The one policy: every surface (bus, HTTP, media, import) asks it and nothing else. Right by role *and* territory. */
export function may(actor: PolicyActor, action: Action, subject: PolicySubject): boolean {
  const isInTerritory = subject.regionPath.some((region) => actor.territory.includes(region));
  if (!isInTerritory) return false;
  switch (actor.kind) {
    case 'device':
      return deviceActions.includes(action);
    case 'person':
      return rolesFor[action].some((role) => actor.roles.includes(role));
  }
}
