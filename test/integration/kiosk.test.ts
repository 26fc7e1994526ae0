import { writeBridgePages } from '#test/builders/bridgePages.ts';
import { processesBelow, ticksUsed } from '#test/builders/browserProcesses.ts';
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
  const renderers = (await processesBelow(kiosk.browserPid())).filter(({ kind }) => kind === 'renderer');
  const before = await Promise.all(renderers.map(({ pid }) => ticksUsed(pid)));
  const frames = collect(channel.onFrame);
  channel.send('spin');
  while ((await frames.next()) !== 'echo spin');
  frames.stop();
  const used = await Promise.all(renderers.map(async ({ pid }, index) => ({ pid, ticks: (await ticksUsed(pid)) - (before[index] ?? 0) })));
  const busiest = used.reduce((a, b) => (b.ticks > a.ticks ? b : a));
  process.kill(busiest.pid, 'SIGKILL');
}
