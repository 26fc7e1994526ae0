/**
 * WHEP through the platform: the window speaks WebRTC with the camera itself, the platform relays the signalling and nothing else.
 * Every request carries a grant's token as `Authorization: Bearer`; every refusal an `X-Refusal-Code`.
 *
 * - POST `MediaGrant.whepUrl`, `application/sdp`, an offer that only receives -> 201, the camera's answer, `Location` = a path here
 * - POST that path, no body -> 204: the window still plays. At least every `renewWithinMs`, with a token of the same camera and window
 * - DELETE that path -> 204: it plays no more
 *
 * An answer may come without the addresses that are no camera's: candidates outside the camera networks are taken out.
 */
export const whepLimits = { sdpBytes: 64 * 1024, renewWithinMs: 75_000 } as const;
