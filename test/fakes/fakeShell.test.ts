import { presentDisplay } from './fakeRoom.ts';
import { describeShell } from '../conformance/shell.ts';
import { createFakeShell } from './fakeShell.ts';

describeShell('fake', async () => {
  const displays = [0, 1, 2].map((index) => presentDisplay({ key: `DP-${index + 1}`, index }));
  const fake = createFakeShell({
    displays,
    page: (line, { identity }) => {
      line.onBytes((bytes) => line.send(`bytes ${bytes.join(' ')}`));
      line.onFrame((frame) => line.send(`echo ${frame}`));
      line.send(`ready ${identity.kind}.html`);
    },
  });
  return {
    shell: fake.shell,
    killPage: async ({ window }) => {
      fake
        .open()
        .find(({ request }) => request.identity.windowId === window.windowId)
        ?.die('killed');
    },
    plug: {
      out: async () => fake.setDisplays(displays.slice(0, 2)),
      in: async () => fake.setDisplays(displays),
    },
    pack: null,
    close: async () => {},
  };
});
