import { expect, test } from 'vitest';
import type { PolicyActor, Role } from '#contract/access/index.ts';
import type { CameraCommand } from '#contract/cameras/index.ts';
import type { CameraId, RegionId } from '#contract/values/index.ts';
import { decideCameraCommand, decideSourceFacts } from './commands.ts';

const report = (cameraId: string): CameraCommand => ({ type: 'cameras.reportFault', cameraId: cameraId as CameraId, fault: 'blurred' });
const person = (role: Role, territory: string): PolicyActor => ({ kind: 'person', roles: [role], territory: [territory as RegionId] });
const pathOf = (id: CameraId) => (id === 'east-a' ? ['east', 'al'] : id === 'west-a' ? ['west', 'al'] : []) as RegionId[];
const decide = (actor: PolicyActor, cameraId: string) => decideCameraCommand(new Map(), { command: report(cameraId), actor, pathOf });

test('a fault that may be reported becomes a fact about the camera', () => {
  expect(decide(person('centerTown', 'east'), 'east-a')).toEqual({
    ok: true,
    value: [{ type: 'cameras.faultReported', subject: 'camera/east-a', payload: { cameraId: 'east-a', version: 1, fault: 'blurred' } }],
  });
});

test('a camera of another territory does not exist', () => {
  const [foreign, missing] = ['west-a', 'nowhere'].map((id) => decide(person('centerTown', 'east'), id));
  expect([foreign, missing].map((outcome) => outcome?.ok === false && outcome.refusal.code)).toEqual([
    'cameras.unknown',
    'cameras.unknown',
  ]);
});

test('who may see a camera may not therefore command it', () => {
  expect(decide(person('auditor', 'al'), 'east-a')).toEqual({ ok: false, refusal: { code: 'access.notAllowed' } });
});

test('what the gateway notices is told once', () => {
  const lost = { cameraId: 'east-a' as CameraId, source: 'lost', reason: 'noData' } as const;
  expect([decideSourceFacts(new Map(), lost).length, decideSourceFacts(new Map(), { cameraId: lost.cameraId, source: 'normal' })]).toEqual([
    1,
    [],
  ]);
});
