import type { Display } from 'electron';
import type { PresentDisplay } from '#contract/bridge/index.ts';
import type { Timers } from '#contract/values/index.ts';
import { DisplayKey } from '#contract/wall/index.ts';
import { createXrandrDisplays, type Displays } from '#main/shell/index.ts';
import type { ElectronParts } from './electronParts.ts';

export type ElectronDisplaysPorts = {
  readonly screen: ElectronParts['screen'];
  readonly platform: NodeJS.Platform;
  readonly env: NodeJS.ProcessEnv;
  readonly timers: Timers;
};

/**
 * On Linux under X the kiosk's own reader is used: Electron does not tell the EDID, and a wall must keep its keys when the shell changes.
 * Elsewhere Electron's list, whose id is the best name there is.
 */
export function createElectronDisplays({ screen, platform, env, timers }: ElectronDisplaysPorts): Displays {
  const xrandr = platform === 'linux' && env['DISPLAY'] !== undefined ? createXrandrDisplays({ env, timers }) : null;
  const fromElectron = () => toPresentDisplays({ displays: screen.getAllDisplays(), primaryId: screen.getPrimaryDisplay().id });
  return {
    list: async () => (xrandr === null ? fromElectron() : xrandr.list().catch(fromElectron)),
    onChange(listener) {
      const stopXrandr = xrandr?.onChange(listener);
      screen.on('display-added', listener);
      screen.on('display-removed', listener);
      screen.on('display-metrics-changed', listener);
      return () => {
        stopXrandr?.();
        screen.off('display-added', listener);
        screen.off('display-removed', listener);
        screen.off('display-metrics-changed', listener);
      };
    },
  };
}

/**
 * Electron's displays as the room's. The id is derived from the connector (Windows, macOS) and survives restarts, so it counts as one; a
 * display without an id is known by its place. Sizes are in window coordinates (device-independent pixels).
 */
export function toPresentDisplays({ displays, primaryId }: { displays: readonly Display[]; primaryId: number }): readonly PresentDisplay[] {
  return displays.map(({ id, label, bounds, scaleFactor }) => {
    const { x, y, width, height } = bounds;
    const hasId = id > 0;
    return {
      displayKey: DisplayKey.parse(hasId ? `display-${id}` : `at${x}.${y}`),
      keySource: hasId ? 'connector' : 'position',
      connector: label.slice(0, 64),
      x,
      y,
      widthPx: width,
      heightPx: height,
      scale: scaleFactor,
      widthMm: null,
      heightMm: null,
      isPrimary: id === primaryId,
    };
  });
}
