import { protocolVersion, routes } from '#contract/bus/index.ts';
import type { CameraId, CountyId } from '#contract/values/index.ts';
import { createSocketTransport } from '#main/link/index.ts';
import { machineClock, machineTimers, sha256 } from '#main/machine/index.ts';
import { breakable } from '../builders/breakableTransport.ts';
import { enrol, logIn, openTestPlatform, post } from '../builders/platform.ts';
import { describeLink } from '../conformance/link.ts';
import { until } from '../fakes/until.ts';

describeLink('the real platform over a real socket', async () => {
  const platform = await openTestPlatform();
  const { url } = platform;
  const { transport, cut } = breakable(createSocketTransport({ platformUrl: url }));
  return {
    place: { transport, clock: machineClock, timers: machineTimers, randomness: () => 0, sha256 },
    countyId: 'testland' as CountyId,
    cameras: ['east-a', 'west-a'] as CameraId[],
    enrol: async () => {
      const { session } = await logIn({ url, account: 'duty' });
      const { deskId, deviceKey } = await enrol({ url, session });
      return { protocolVersion, deskId, deviceKey };
    },
    signIn: async (who) => {
      const { session, person } = await logIn({ url, account: who === 'first' ? 'duty' : 'leader' });
      return { session, personId: person.personId };
    },
    signOut: async ({ session }) => void (await post({ url: `${url}${routes.logout}`, body: {}, token: session })),
    cut,
    until,
    close: () => platform.close(),
  };
});
