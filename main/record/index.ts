export { openParticulars } from './openParticulars.ts';
