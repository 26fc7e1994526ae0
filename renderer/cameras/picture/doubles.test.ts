import { expect, test } from 'vitest';
import type { ViewPriority } from '#contract/cameras/index.ts';
import { createDoubles } from './doubles.ts';

/** A window with `decoders` decoders, `inUse` of them taken. */
function open({ decoders = 64, inUse = 10 } = {}) {
  const doubles = createDoubles({ inUse: () => inUse, decoders: () => decoders });
  const turns: string[] = [];
  const ask = ({ place, priority = 'usual' }: { place: string; priority?: ViewPriority }) =>
    doubles.ask({ rank: { priority, place }, onTurn: (way) => turns.push(`${place} ${way}`) });
  return { ask, turns, doubles };
}

test('two renditions are changed at a time; of those that wait the alarm comes first, then the focused one, then by place', async () => {
  const { ask, turns } = open();
  const asked = [
    ask({ place: 'HDMI-1/10' }),
    ask({ place: 'HDMI-1/9' }),
    ask({ place: 'HDMI-1/2', priority: 'focused' }),
    ask({ place: 'HDMI-1/20', priority: 'alarm' }),
  ];
  await Promise.resolve();
  expect(turns).toEqual(['HDMI-1/20 double', 'HDMI-1/2 double']);
  asked[3]?.done();
  asked[3]?.done();
  await Promise.resolve();
  expect(turns.slice(2)).toEqual(['HDMI-1/9 double']);
  asked[2]?.done();
  await Promise.resolve();
  expect(turns.slice(3)).toEqual(['HDMI-1/10 double']);
});

test('one that is given back before its turn never gets it', async () => {
  const { ask, turns } = open();
  ask({ place: 'a' }).done();
  ask({ place: 'b' });
  await Promise.resolve();
  expect(turns).toEqual(['b double']);
});

test('without a free decoder a rendition is changed in its one element', async () => {
  const { ask, turns } = open({ decoders: 16, inUse: 16 });
  ask({ place: 'a' });
  await Promise.resolve();
  expect(turns).toEqual(['a single']);
});

test('a picture that somebody looks into while it waits comes before those that waited longer', async () => {
  const { ask, turns, doubles } = open();
  const first = [ask({ place: '1' }), ask({ place: '2' })];
  ask({ place: '3' });
  let priority: ViewPriority = 'usual';
  const rank = {
    get priority() {
      return priority;
    },
    place: '9',
  };
  doubles.ask({ rank, onTurn: (way) => turns.push(`9 ${way}`) });
  await Promise.resolve();
  priority = 'focused';
  first[0]?.done();
  await Promise.resolve();
  expect(turns).toEqual(['1 double', '2 double', '9 double']);
});
