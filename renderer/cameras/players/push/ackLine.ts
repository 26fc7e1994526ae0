/** Tells the gateway what was appended: every second fragment, and at once what is large, since it holds much of the credit. */
export type AckLine = { appended(fragment: Acked): void };

/** An acknowledgement holds for all fragments up to its media time; `bytes` are theirs. */
export type Acked = { readonly mediaTime: number; readonly bytes: number };

// Of 1.5 s and 512 KiB of credit (contract/cameras, pushCredit), two fragments of a small picture are less than half.
const fragmentsAtMost = 2;
const bytesAtMost = 32 * 1024;

export function createAckLine(send: (acked: Acked) => void): AckLine {
  let fragments = 0;
  let bytes = 0;
  return {
    appended: (fragment) => {
      fragments += 1;
      bytes += fragment.bytes;
      if (fragments < fragmentsAtMost && bytes < bytesAtMost) return;
      send({ mediaTime: fragment.mediaTime, bytes });
      fragments = 0;
      bytes = 0;
    },
  };
}
