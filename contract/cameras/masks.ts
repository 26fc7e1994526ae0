import { z } from 'zod';

/** A point of the picture: [x, y], 0..1 from its upper left corner, whatever the picture's size is. */
const PicturePoint = z.tuple([z.number().min(0).max(1), z.number().min(0).max(1)]);

/** One area of a camera's picture that is masked: a polygon, closed by itself. */
export const MaskArea = z.array(PicturePoint).min(3).max(32);
export type MaskArea = z.infer<typeof MaskArea>;

/** All masked areas of a camera's picture. They belong to where it looks: a camera that is masked is not steered. */
export const MaskAreas = z.array(MaskArea).min(1).max(8);
export type MaskAreas = z.infer<typeof MaskAreas>;
