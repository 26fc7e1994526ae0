import type { Result } from '#contract/values/index.ts';
import type { SourceNetworks, SourceUrlRefusalCode } from '../checkSourceUrl.ts';

/** Why a source cannot even be tried. */
export type InputRefusalCode = SourceUrlRefusalCode | 'cameras.loopNotAbsolute';

/** How long ffmpeg may study a source before it writes: `patient` for cameras that do not say their picture's size at once. */
export type Study = 'quick' | 'patient';

/** What a kind of source contributes: the input half of an ffmpeg argument array, or why not. Pure. */
export type SourceProtocol<Source> = (asked: {
  source: Source;
  networks: SourceNetworks;
  study: Study;
}) => Result<readonly string[], InputRefusalCode>;
