import { hash } from 'node:crypto';
import type { Sha256 } from '#contract/values/index.ts';

/** Contract's hash port, by Node. */
export const sha256: Sha256 = (text) => hash('sha256', text, 'hex');
