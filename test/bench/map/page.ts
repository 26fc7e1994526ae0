import '#renderer/entries/jitless.ts';
import { createDeckSide } from '../baseline/mapDeck.tsx';
import { createSetDataSide } from '../baseline/mapPlainSources.ts';
import { createOurSide, openOurEngine, tellCounty } from './ours.ts';
import { createMeasuring } from './measuring.ts';
import { makeCounty } from './madeCounty.ts';

const host = () => document.getElementById('host') ?? document.body;

Object.assign(window, {
  bench: createMeasuring({ ours: createOurSide, deck: createDeckSide, setData: createSetDataSide }, host),
  openEngine: async (size: Parameters<typeof makeCounty>[0], onLost?: (times: number) => void) => {
    const county = makeCounty(size);
    const engine = await openOurEngine(county, onLost === undefined ? {} : { onLost });
    host().append(engine.element);
    engine.fit();
    tellCounty(engine, county);
    return { engine, county };
  },
});
