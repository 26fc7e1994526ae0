import { mapForPage } from './ours.ts';

Object.assign(window, { mapForPage });
