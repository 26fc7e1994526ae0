export { createLandAccess } from './landAccess.ts';
export { type AdviceState, createMapAdvice, type MapAdvice } from './mapAdvice.ts';
export { type NearBy, type NearResponder, rankResponders } from './nearResponders.ts';
