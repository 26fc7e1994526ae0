import { z } from 'zod';
import type { RegionId, UnitId } from '#contract/values/index.ts';

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
  | {
      readonly kind: 'person';
      readonly roles: readonly Role[];
      readonly territory: readonly RegionId[];
      /** The department that he speaks for; only a unit's liaison has something to read by it. */
      readonly unitId?: UnitId | undefined;
    }
  | { readonly kind: 'device'; readonly territory: readonly RegionId[] };

/** Everything that can be asked. A surface declares one of these; there is no other way in. */
export const actions = [
  'feed.read',
  'feed.readUnit',
  'feed.readNotice',
  'directory.read',
  'directory.import',
  'directory.export',
  'cameras.openView',
  'cameras.probe',
  'cameras.steer',
  'cameras.askLift',
  'cameras.answerLift',
  'cameras.reportFault',
  'cameras.clearFault',
  'record.openParticulars',
  'record.eraseParticulars',
  'evidence.take',
  'evidence.list',
  'evidence.open',
  'evidence.erase',
  'responders.follow',
  'map.draw',
  'map.clearDrawings',
  'access.enrolDevice',
  'access.administer',
  'audit.read',
  'search.ask',
] as const;
/** One thing that can be asked. */
export type Action = (typeof actions)[number];

/**
 * What it is about: the region it lies in, with all regions above it (`regionPath`, any order). County-wide things have the county's path.
 * What belongs to a department wherever it lies has `unitId` instead: its territory is that unit.
 */
export type PolicySubject = { readonly regionPath: readonly RegionId[] } | { readonly unitId: UnitId };

const feedReaders: readonly Role[] = [
  'dutyOfficer',
  'shiftLeader',
  'leader',
  'operator',
  'callBackAgent',
  'centerTown',
  'centerVillage',
  'auditor',
  'administrator',
];

const rolesFor: { readonly [Name in Action]: readonly Role[] } = {
  'feed.read': feedReaders,
  'feed.readUnit': ['unitLiaison'],
  'feed.readNotice': [...feedReaders, 'unitLiaison'],
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
  // It shows no picture: who brings cameras in may find out what they are, as may who looks at them.
  'cameras.probe': ['dutyOfficer', 'shiftLeader', 'leader', 'operator', 'centerTown', 'administrator'],
  // Who may turn a camera may also be asked what he saw: the same people who may open it.
  'cameras.steer': ['dutyOfficer', 'shiftLeader', 'leader', 'operator', 'centerTown'],
  // Who may open a camera may ask to see what is masked of it; a leader answers, and never himself.
  'cameras.askLift': ['dutyOfficer', 'shiftLeader', 'leader', 'operator', 'centerTown'],
  'cameras.answerLift': ['leader'],
  'cameras.reportFault': ['dutyOfficer', 'shiftLeader', 'leader', 'operator', 'centerTown', 'centerVillage', 'administrator'],
  'cameras.clearFault': ['dutyOfficer', 'shiftLeader', 'administrator'],
  'record.openParticulars': ['dutyOfficer', 'shiftLeader', 'leader', 'administrator'],
  'record.eraseParticulars': ['shiftLeader', 'administrator'],
  // A picture is kept by the room that answers for it, and by nobody who may only look on: a town asks the county to keep one.
  'evidence.take': ['dutyOfficer', 'shiftLeader', 'leader', 'operator'],
  'evidence.list': ['dutyOfficer', 'shiftLeader', 'leader', 'operator', 'administrator'],
  'evidence.open': ['dutyOfficer', 'shiftLeader', 'leader', 'operator'],
  // Whoever runs the accounts erases what somebody asks to be rid of, and sees none of it.
  'evidence.erase': ['shiftLeader', 'administrator'],
  // Where people are is for those who send them out: nobody who only calls back, is scored, or runs the accounts.
  'responders.follow': ['dutyOfficer', 'shiftLeader', 'leader', 'operator', 'centerTown', 'centerVillage'],
  // What is drawn is read by the whole territory: by those who lead there, not by who only looks on.
  'map.draw': ['dutyOfficer', 'shiftLeader', 'leader', 'operator', 'centerTown'],
  'map.clearDrawings': ['dutyOfficer', 'shiftLeader'],
  // A town's center enrols its own desk: a workstation never has more territory than who enrolled it.
  'access.enrolDevice': ['dutyOfficer', 'shiftLeader', 'centerTown', 'administrator'],
  'access.administer': ['administrator'],
  // Not the administrator: who runs the accounts does not read who looked at what, unless he is made an auditor, which is on the record.
  'audit.read': ['auditor'],
  // Whoever reads anything may search: what he finds is asked again, kind by kind.
  'search.ask': [...feedReaders, 'unitLiaison'],
};

const deviceActions: readonly Action[] = ['feed.read', 'feed.readNotice', 'directory.read', 'cameras.openView', 'responders.follow'];

/** The one policy: every surface (bus, HTTP, media, import) asks it and nothing else. Right by role *and* territory. */
export function may(actor: PolicyActor, action: Action, subject: PolicySubject): boolean {
  if (!isOver(actor, subject)) return false;
  switch (actor.kind) {
    case 'device':
      return deviceActions.includes(action);
    case 'person':
      return rolesFor[action].some((role) => actor.roles.includes(role));
  }
}

function isOver(actor: PolicyActor, subject: PolicySubject): boolean {
  if ('unitId' in subject) return actor.kind === 'person' && actor.unitId === subject.unitId;
  return subject.regionPath.some((region) => actor.territory.includes(region));
}
