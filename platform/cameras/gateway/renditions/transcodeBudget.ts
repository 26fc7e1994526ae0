import type { StreamQuality } from '#contract/cameras/index.ts';

/** How much the gateway may encode. Every source takes its part before it starts, and gives it back when it ends. */
export type TranscodeBudget = {
  /** Whether anything may be encoded at all. */
  readonly isOpen: boolean;
  has(quality: StreamQuality): boolean;
  /** Takes a part; null when there is none left. The answered function gives it back (may be called twice). */
  take(quality: StreamQuality): (() => void) | null;
};

/** `cores`: how many of the machine's cores encoding may take, in parts of one too; `count`: how many sources at most, 64 when absent. */
export type TranscodeLimits = { readonly cores: number; readonly count?: number };

// Measured with one thread (docs/performance.md): 640x360 at 12.5 a second 2.7 % of a core, HEVC of 1080p at 25 down to 720p 27 %.
const coresFor = { sub: 0.03, main: 0.3 } as const satisfies Record<StreamQuality, number>;

/** Half of the machine: the other half copies, sends and decides. */
export function usualTranscoding(cores: number): TranscodeLimits {
  return { cores: cores / 2 };
}

export function createTranscodeBudget({ cores, count = 64 }: TranscodeLimits): TranscodeBudget {
  let used = 0;
  let taken = 0;
  // Sums of thirds of a tenth never come out even.
  const has = (quality: StreamQuality) => taken < count && used + coresFor[quality] <= cores + 1e-9;
  return {
    isOpen: count > 0 && coresFor.sub <= cores,
    has,
    take(quality) {
      if (!has(quality)) return null;
      used += coresFor[quality];
      taken += 1;
      let isHeld = true;
      return () => {
        if (!isHeld) return;
        isHeld = false;
        used -= coresFor[quality];
        taken -= 1;
      };
    },
  };
}
