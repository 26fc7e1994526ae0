import { writeBridgePages } from '#test/builders/bridgePages.ts';
import { type BrowserProcess, processesBelow, ticksUsed } from '#test/builders/browserProcesses.ts';
import { openTestKiosk, type TestKiosk } from '#test/builders/openTestKiosk.ts';
import { collect, describeShell } from '#test/conformance/shell.ts';
import type { Channel } from '#main/shell/index.ts';

describeShell('kiosk', async () => {
  const pages = await writeBridgePages();
  const kiosk = await openTestKiosk({ pagesFolder: pages.folder });
  const [, , third] = kiosk.displays.displays;
  return {
    shell: kiosk.shell,
    killPage: ({ channel }) => killRendererOf({ channel, kiosk }),
    plug: { out: () => kiosk.displays.unplug(third!.connector), in: () => kiosk.displays.plugIn(third!) },
    close: async () => {
      await kiosk.close();
      await pages.remove();
    },
  };
});

/** Chromium does not tell which process draws which window: the page works hard for a moment, and whoever burns the processor is it. */
async function killRendererOf({ channel, kiosk }: { channel: Channel; kiosk: TestKiosk }): Promise<void> {
  const pages = (await processesBelow(kiosk.browserPid())).filter(isPage);
  const frames = collect(channel.onFrame);
  for (;;) {
    const before = await Promise.all(pages.map(({ pid }) => ticksUsed(pid)));
    channel.send('spin');
    while ((await frames.next()) !== 'echo spin');
    const used = await Promise.all(pages.map(async ({ pid }, index) => ({ pid, ticks: (await ticksUsed(pid)) - (before[index] ?? 0) })));
    const busiest = used.reduce((a, b) => (b.ticks > a.ticks ? b : a));
    const all = used.reduce((sum, { ticks }) => sum + ticks, 0);
    // While other pages still load, nothing is proven: ask for another spin.
    if (busiest.ticks < all * 0.8) continue;
    frames.stop();
    process.kill(busiest.pid, 'SIGKILL');
    return;
  }
}

/** Chromium draws its own bars in renderers too. */
const isPage = ({ kind, command }: BrowserProcess) => kind === 'renderer' && !command.includes('--top-chrome-webui');
