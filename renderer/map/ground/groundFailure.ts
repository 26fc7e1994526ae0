/** Why the ground of another source is missing; words under `map:ground`. */
export type GroundTrouble =
  /** 401, 403: the key, or whom the server lets in. */
  | 'refused'
  /** 429 or a fault of the server. */
  | 'busy'
  | 'slow'
  /** An answer that is no tile, e.g. a page of words. */
  | 'notTiles'
  /** The server has nothing here: layer or zooms may be others. */
  | 'missing'
  | 'unreachable'
  /** There is an answer, and the server does not let windows of other origins read it (CORS). */
  | 'notAllowed'
  /** The TileJSON names tiles of another origin, which the windows' policy does not let in. */
  | 'otherOrigin'
  /** Its tiles lie elsewhere than the county. */
  | 'elsewhere';

// The drawing library tells nobody of a tile that is not there, and draws a coarser one in its place.
const notThere = 404;

/** A question that failed. Its words name no address: in one there may be a key. */
export class GroundFailure extends Error {
  readonly why: GroundTrouble;
  readonly status = notThere;

  constructor(why: GroundTrouble) {
    super(`${groundFailureWords} ${why}`);
    this.why = why;
  }
}

/** How the words of a `GroundFailure` begin, also where it came through a worker and is a plain error. */
export const groundFailureWords = 'no ground:';
