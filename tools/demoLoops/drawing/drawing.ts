import type { Randomness } from '#contract/values/index.ts';
import type { Canvas } from './canvas.ts';
import type { Light } from './light.ts';
import type { Share } from './motion.ts';

/** A scene as two painters. Same seed, same pixels. */
export type Drawing = {
  /** What never moves, painted once. */
  backdrop(canvas: Canvas): void;
  /** What moves, painted over a copy of the backdrop. */
  frame(canvas: Canvas, share: Share): void;
};

/** What a drawing is made from. Everything random is decided while it is created, never while it is painted. */
export type DrawingOptions = { readonly random: Randomness; readonly light: Light };

/** Creates the drawing of one kind of scene. */
export type CreateDrawing = (options: DrawingOptions) => Drawing;
