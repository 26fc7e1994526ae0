import { expect, test } from 'vitest';
import { machineTimers } from '#main/machine/index.ts';
import { packShelfFolder } from '#main/map/index.ts';
import { createXrandrDisplays } from '#main/shell/index.ts';
import { writeBridgePages } from '#test/builders/bridgePages.ts';
import { rendererOf } from '#test/builders/browserProcesses.ts';
import { openDummyDisplays } from '#test/builders/dummyDisplays.ts';
import { openTestKiosk } from '#test/builders/openTestKiosk.ts';
import { collectTimes, describeShell, partThroughPage } from '#test/conformance/shell.ts';

describeShell('kiosk', async () => {
  const pages = await writeBridgePages();
  const kiosk = await openTestKiosk({ pagesFolder: pages.folder });
  const [, , third] = kiosk.displays.displays;
  return {
    shell: kiosk.shell,
    killPage: async ({ channel }) => void process.kill(await rendererOf({ channel, browserPid: kiosk.browserPid() }), 'SIGKILL'),
    plug: { out: () => kiosk.displays.unplug(third!.connector), in: () => kiosk.displays.plugIn(third!) },
    pack: { shelf: packShelfFolder(kiosk.dataFolder), part: partThroughPage },
    close: async () => {
      await kiosk.close();
      await pages.remove();
    },
  };
});

test('a display that goes after it was listed, before anybody listens, is told', async () => {
  await using closers = new AsyncDisposableStack();
  const displays = await openDummyDisplays();
  closers.defer(displays.close);
  const watched = createXrandrDisplays({ env: { ...process.env, ...displays.env }, timers: machineTimers });
  await watched.list();
  await displays.unplug(displays.displays[2]!.connector);
  const changes = collectTimes(watched.onChange);
  await changes.next();
  changes.stop();
  expect((await watched.list()).length).toBe(displays.displays.length - 1);
});
