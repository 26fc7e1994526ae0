import { z } from 'zod';

/** A device that answered when an administrator had the camera networks asked. Texts are the device's own words. */
export const FoundDevice = z.strictObject({
  /** As an address of a list is written: `onvif://10.20.0.12`. */
  address: z.string().max(200),
  name: z.string().max(64),
  hardware: z.string().max(64),
});
export type FoundDevice = z.infer<typeof FoundDevice>;

/** POST discoverCameras: there is nothing to choose, the camera networks are configured. */
export const DiscoverRequest = z.strictObject({});

/** What answered within some seconds, by address. */
export const DevicesFound = z.strictObject({ devices: z.array(FoundDevice).max(1024) });
export type DevicesFound = z.infer<typeof DevicesFound>;
