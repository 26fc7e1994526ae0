export { directoryDocuments } from './directoryDocuments.ts';
