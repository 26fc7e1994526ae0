import type { PresentDisplay } from '#contract/bridge/index.ts';
import { DisplayKey } from '#contract/wall/index.ts';
import type { XrandrOutput } from './xrandr.ts';

/** Names of monitors that were seen twice at once; kept while the room runs, so that unplugging one twin does not rename the other. */
export type KnownTwins = Set<string>;

/**
 * Gives every output its key: vendor + product + serial where the monitor tells them and no other one tells the same, else with the
 * connector. `twins` is read and grown.
 */
export function toPresentDisplays({ outputs, twins }: { outputs: readonly XrandrOutput[]; twins: KnownTwins }): readonly PresentDisplay[] {
  const names = outputs.map(ownName);
  const seen = new Set<string>();
  for (const name of names) {
    if (name === null) continue;
    if (seen.has(name)) twins.add(name);
    seen.add(name);
  }
  return outputs.map((output, index) => {
    const { edid, ...geometry } = output;
    const name = names[index] ?? null;
    const isOwn = name !== null && edid?.serial !== null && !twins.has(name);
    const key = isOwn ? name : [name, plain(output.connector)].filter((part) => part !== null).join('+');
    return { ...geometry, displayKey: DisplayKey.parse(key), keySource: isOwn ? 'edid' : 'connector', scale: 1 };
  });
}

/** e.g. `DEL-A0F1-77`, and `DEL-A0F1+DP-2` for a twin; null when the monitor tells nothing. */
function ownName({ edid }: XrandrOutput): string | null {
  if (edid === null) return null;
  return [edid.vendor, edid.product, edid.serial].filter((part) => part !== null).join('-');
}

/** Drivers name connectors as they like (`Virtual 1`); keys travel in addresses. */
function plain(connector: string): string {
  return connector.replace(/[^A-Za-z0-9._-]/g, '_').slice(0, 40);
}
