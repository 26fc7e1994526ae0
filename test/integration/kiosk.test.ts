import { packShelfFolder } from '#main/map/index.ts';
import { writeBridgePages } from '#test/builders/bridgePages.ts';
import { rendererOf } from '#test/builders/browserProcesses.ts';
import { openTestKiosk } from '#test/builders/openTestKiosk.ts';
import { describeShell, partThroughPage } from '#test/conformance/shell.ts';

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
