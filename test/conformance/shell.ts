import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { PresentDisplay, type WindowIdentity } from '#contract/bridge/index.ts';
import { WindowId } from '#contract/values/index.ts';
import type { Channel, OpenedWindow, Shell } from '#main/shell/index.ts';

/**
 * A shell with at least two displays, whose pages say `ready <kind>.html` when they open their channel and answer every frame with
 * `echo <frame>` (test/builders/bridgePages.ts).
 */
export type ShellUnderTest = {
  readonly shell: Shell;
  /** Ends the process behind one window's page from outside; the page's channel may be used to find out which one it is. */
  killPage(page: { readonly window: OpenedWindow; readonly channel: Channel }): Promise<void>;
  /** Takes one display away, brings it back; null where this shell has no such thing. */
  readonly plug: { out(): Promise<void>; in(): Promise<void> } | null;
  /** Where this shell looks for the county pack, and how a window of it asks for a part; null where its windows load nothing. */
  readonly pack: { readonly shelf: string; part(asked: { channel: Channel; path: string; range: string }): Promise<string> } | null;
  close(): Promise<void>;
};

/** Asks through a page that obeys `part PATH RANGE` (test/builders/bridgePages.ts). */
export async function partThroughPage({ channel, path: asked, range }: { channel: Channel; path: string; range: string }): Promise<string> {
  const frames = collect(channel.onFrame);
  channel.send(`part ${asked} ${range}`);
  for (;;) {
    const frame = await frames.next();
    if (!frame.startsWith('ready ')) return frame;
  }
}

/** What main relies on, whatever opens the windows. Run for every shell and for the fake that stands for them. */
export function describeShell(name: string, open: () => Promise<ShellUnderTest>): void {
  describe(`the ${name} shell`, () => {
    let subject: ShellUnderTest;
    beforeAll(async () => {
      subject = await open();
    });
    afterAll(async () => {
      await subject.close();
    });
    const windows = createOpener(() => subject.shell);

    describeDisplays(() => subject);
    describeChannels(windows);
    describeEndings({ windows, subject: () => subject });
    describeSecrets(() => subject);
    describePack({ windows, subject: () => subject });
  });
}

function describePack({ windows, subject }: { windows: Opener; subject: () => ShellUnderTest }): void {
  test('a window reads parts of the county pack from its own origin, and a part beyond its end is refused', async (context) => {
    const { pack } = subject();
    if (pack === null) return context.skip('the windows of this shell load nothing');
    const hash = 'f'.repeat(64);
    await mkdir(path.join(pack.shelf, hash), { recursive: true });
    await writeFile(path.join(pack.shelf, hash, 'roads.bin'), '0123456789');
    const window = await windows.open({ kind: 'wall' });
    const channel = await firstChannel(window);
    const part = (range: string, file = 'roads.bin') => pack.part({ channel, range, path: `/map/pack/${hash}/${file}` });
    expect([await part('bytes=2-4'), await part('bytes=90-'), (await part('bytes=0-1', 'other.bin')).slice(0, 3)]).toEqual([
      '206 bytes 2-4/10 234',
      '416 bytes */10 ',
      '404',
    ]);
    await windows.closeAll();
  });
}

function describeDisplays(subject: () => ShellUnderTest): void {
  test('lists its displays whole, each under a key of its own', async () => {
    const displays = await subject().shell.displays.list();
    expect(displays.map((display) => PresentDisplay.parse(display))).toEqual(displays);
    expect(new Set(displays.map(({ displayKey }) => displayKey)).size).toBe(displays.length);
    expect(displays.length).toBeGreaterThanOrEqual(2);
  });

  test('tells when a display is unplugged, lists it no longer, and knows it again by its key', async (context) => {
    const { shell, plug } = subject();
    if (plug === null) return context.skip('this shell has no displays of its own');
    const before = await shell.displays.list();
    const changes = collectTimes(shell.displays.onChange);
    await plug.out();
    await changes.next();
    const during = await shell.displays.list();
    await plug.in();
    await changes.next();
    changes.stop();
    expect(during.length).toBe(before.length - 1);
    expect(await shell.displays.list()).toEqual(before);
  });

  test('keeps displays awake until it is told otherwise', () => {
    const release = subject().shell.power.keepDisplaysAwake();
    expect(release()).toBeUndefined();
  });
}

function describeChannels(windows: Opener): void {
  test('each window opens one channel of its own, and frames go both ways in order', async () => {
    const opened = await windows.openOnEveryDisplay();
    const said: string[][] = [];
    for (const window of opened) {
      const channel = await firstChannel(window);
      const frames = collect(channel.onFrame);
      for (const text of ['one', 'two', 'three']) channel.send(text);
      said.push([await frames.next(), await frames.next(), await frames.next(), await frames.next()]);
    }
    expect(said).toEqual(opened.map(() => ['ready wall.html', 'echo one', 'echo two', 'echo three']));
    await windows.closeAll();
  });

  test('bytes come as bytes, in order with frames', async () => {
    const window = await windows.open({ kind: 'wall' });
    const channel = await firstChannel(window);
    const frames = collect(channel.onFrame);
    channel.send('before');
    // A part of a greater buffer: only the part may arrive.
    channel.sendBytes(new Uint8Array([9, 0, 128, 255, 9]).subarray(1, 4));
    channel.send('after');
    expect([await frames.next(), await frames.next(), await frames.next(), await frames.next()]).toEqual([
      'ready wall.html',
      'echo before',
      'bytes 0 128 255',
      'echo after',
    ]);
    await windows.closeAll();
  });

  test('the console gets the page of the console', async () => {
    const window = await windows.open({ kind: 'console' });
    const frames = collect((await firstChannel(window)).onFrame);
    expect(await frames.next()).toBe('ready console.html');
    await windows.closeAll();
  });

  test('a reloaded window opens another channel, and the earlier one is closed by then', async () => {
    const window = await windows.open({ kind: 'wall' });
    const channels = collect(window.onChannel);
    const earlier = await channels.next();
    const order: string[] = [];
    earlier.onClosed(() => order.push('earlier closed'));
    await window.reload();
    const later = await channels.next();
    order.push('later opened');
    const frames = collect(later.onFrame);
    expect([await frames.next(), ...order]).toEqual(['ready wall.html', 'earlier closed', 'later opened']);
    await windows.closeAll();
  });

  test('a plain page has no channel, and a reload brings the window back', async () => {
    const window = await windows.open({ kind: 'wall' });
    const channels = collect(window.onChannel);
    const first = await channels.next();
    const closed = collectTimes(first.onClosed);
    await window.showPlainPage(['The window failed three times.', '<script>alert(1)</script>']);
    await closed.next();
    expect(channels.waiting()).toBe(0);
    await window.reload();
    const frames = collect((await channels.next()).onFrame);
    expect(await frames.next()).toBe('ready wall.html');
    await windows.closeAll();
  });

  test('nothing is sent through a closed channel, and closing it twice is harmless', async () => {
    const window = await windows.open({ kind: 'wall' });
    const channel = await firstChannel(window);
    const closed = collectTimes(channel.onClosed);
    channel.close();
    channel.close();
    await closed.next();
    channel.send('too late');
    expect(channel.undrainedBytes()).toBeGreaterThanOrEqual(0);
    expect(closed.waiting()).toBe(0);
    await windows.closeAll();
  });
}

function describeEndings({ windows, subject }: { windows: Opener; subject: () => ShellUnderTest }): void {
  test('a window that is closed says so once and ends its channel', async () => {
    const window = await windows.open({ kind: 'wall' });
    const channel = await firstChannel(window);
    const gone = collect(window.onGone);
    const closed = collectTimes(channel.onClosed);
    await window.close();
    await window.close();
    await closed.next();
    expect([await gone.next(), gone.waiting()]).toEqual(['closedByUser', 0]);
  });

  test('a page whose process is killed takes its own window only', async () => {
    const [window, ...others] = await windows.openOnEveryDisplay();
    const channel = await firstChannel(window!);
    const gone = collect(window!.onGone);
    const closed = collectTimes(channel.onClosed);
    const lost: string[] = [];
    for (const other of others) other.onGone(() => lost.push(other.windowId));
    const survivors = await Promise.all(others.map(firstChannel));
    await subject().killPage({ window: window!, channel });
    expect(['crashed', 'killed']).toContain(await gone.next());
    await closed.next();
    const answers = survivors.map(async (survivor) => {
      const frames = collect(survivor.onFrame);
      survivor.send('still there?');
      return [await frames.next(), await frames.next()];
    });
    expect([await Promise.all(answers), lost]).toEqual([others.map(() => ['ready wall.html', 'echo still there?']), []]);
    await windows.closeAll();
  });

  test('a window that is opened again after it died works like the first', async () => {
    const dead = await windows.open({ kind: 'wall' });
    const channel = await firstChannel(dead);
    const gone = collect(dead.onGone);
    await subject().killPage({ window: dead, channel });
    await gone.next();
    const window = await windows.open({ kind: 'wall' });
    const frames = collect((await firstChannel(window)).onFrame);
    expect(await frames.next()).toBe('ready wall.html');
    await windows.closeAll();
  });
}

function describeSecrets(subject: () => ShellUnderTest): void {
  test('a secret is read back as it was written, and one that nobody wrote is null', async () => {
    const { secrets } = subject().shell;
    await Promise.all([secrets.write('deviceKey', 'k-1'), secrets.write('other', '密')]);
    await secrets.write('deviceKey', 'k-2');
    expect([await secrets.read('deviceKey'), await secrets.read('other'), await secrets.read('constructor')]).toEqual(['k-2', '密', null]);
  });
}

/** Opens windows with fresh ids and remembers them, so that each test leaves nothing on the displays. */
type Opener = {
  open(options: { kind: WindowIdentity['kind'] }): Promise<OpenedWindow>;
  openOnEveryDisplay(): Promise<OpenedWindow[]>;
  closeAll(): Promise<void>;
};

function createOpener(shell: () => Shell): Opener {
  const opened: OpenedWindow[] = [];
  let count = 0;
  const openOn = async ({ kind, display }: { kind: WindowIdentity['kind']; display: PresentDisplay }) => {
    count += 1;
    const windowId = WindowId.parse(`window-${count}`);
    const identity: WindowIdentity = kind === 'console' ? { kind, windowId } : { kind, windowId, displayKey: display.displayKey };
    const window = await shell().windows.open({ identity, display, mode: kind === 'wall' ? 'fullScreen' : 'framed', language: 'zh' });
    opened.push(window);
    return window;
  };
  return {
    open: async ({ kind }) => {
      const [display] = await shell().displays.list();
      return openOn({ kind, display: display! });
    },
    openOnEveryDisplay: async () => {
      const all: OpenedWindow[] = [];
      for (const display of await shell().displays.list()) all.push(await openOn({ kind: 'wall', display }));
      return all;
    },
    closeAll: async () => {
      for (const window of opened.splice(0)) await window.close();
    },
  };
}

/** The first channel a window opens. */
export async function firstChannel(window: OpenedWindow): Promise<Channel> {
  return collect(window.onChannel).next();
}

/** Collects what a listener is told, to be awaited one by one. */
export function collect<Value>(subscribe: (listener: (value: Value) => void) => () => void) {
  const values: Value[] = [];
  const askers: ((value: Value) => void)[] = [];
  const stop = subscribe((value) => {
    const asker = askers.shift();
    if (asker) asker(value);
    else values.push(value);
  });
  return {
    next: (): Promise<Value> =>
      values.length > 0 ? Promise.resolve(values.shift() as Value) : new Promise((resolve) => askers.push(resolve)),
    waiting: () => values.length,
    stop,
  };
}

/** The same for a listener that is told nothing but that it happened. */
export function collectTimes(subscribe: (listener: () => void) => () => void) {
  return collect<void>((listener) => subscribe(() => listener()));
}
