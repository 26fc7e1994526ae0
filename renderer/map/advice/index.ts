export { adviseDesk } from './deskAdvice.ts';
export type { MapAdvice } from './mapAdvice.ts';
export { type NearBy, type NearResponder, rankResponders } from './nearResponders.ts';
