import type { FoundDevice } from '#contract/cameras/index.ts';
import { csvText } from '#platform/directory/index.ts';

/**
 * Found devices as the cameras.csv that an import reads. What only people know is left open: the region, and name and password in the
 * address. The IP address is the short number, so that a second import finds the same camera.
 */
export function deviceList(devices: readonly FoundDevice[]): string {
  return csvText(
    devices.map(({ address, name, hardware }) => {
      const host = new URL(address).hostname;
      return {
        编号: host.length <= 16 ? host : '',
        名称: name === '' ? `${hardware} ${host}`.trim() : name,
        所属区域: '',
        主码流: address,
        子码流: address,
      };
    }),
  );
}
