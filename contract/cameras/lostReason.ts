import { z } from 'zod';

/** Why a camera's pictures do not come: its process ended, the camera said no, nothing came, or what came cannot be played. */
export const LostReason = z.enum(['exited', 'refusedByCamera', 'noData', 'unplayable']);
