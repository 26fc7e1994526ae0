import type { Result } from '#contract/values/index.ts';
import type { SourceNetworks, SourceUrlRefusalCode } from '../checkSourceUrl.ts';

/** Why a source cannot even be tried. */
export type InputRefusalCode = SourceUrlRefusalCode | 'cameras.loopNotAbsolute';

/** What a kind of source contributes: the input half of an ffmpeg argument array, or why not. Pure. */
export type SourceProtocol<Source> = (source: Source, networks: SourceNetworks) => Result<readonly string[], InputRefusalCode>;
