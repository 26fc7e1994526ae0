import type { Handshake } from '#contract/bus/index.ts';
import type { CameraId, CountyId, DeskId, PersonId } from '#contract/values/index.ts';
import { describeLink } from '../conformance/link.ts';
import { FakePlatform, sha256 } from './fakePlatform.ts';
import { createFakeTime } from './fakeTime.ts';

describeLink('the platform’s twin in memory', async () => {
  const time = createFakeTime();
  const platform = new FakePlatform(time);
  let desks = 0;
  return {
    place: { ...time, transport: platform.transport, randomness: () => 0.5, sha256 },
    countyId: 'testland' as CountyId,
    cameras: ['cam-1', 'cam-2'] as CameraId[],
    enrol: async () => {
      desks += 1;
      return { protocolVersion: 1, deskId: `desk-${desks}` as DeskId, deviceKey: 'k'.repeat(40) } satisfies Handshake;
    },
    signIn: async (who) => {
      const personId = `p-${who}` as PersonId;
      return { personId, session: platform.signIn(personId) };
    },
    signOut: async ({ session }) => platform.signOut(session),
    cut: () => platform.cut(),
    until: async (isSo) => {
      while (!isSo()) await time.advance(50);
    },
    close: async () => {},
  };
});
