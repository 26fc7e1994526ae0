export { openAuthorityFolder } from './authorityFolder.ts';
export { countyCertificate, type CountyFiles } from './countyCertificate.ts';
export { type KeptCertificate, openKeptCertificate } from './keptCertificate.ts';
export { newAuthority, ownCertificate } from './ownCertificate.ts';
export { ownNames } from './ownNames.ts';
export type { ServedCertificate } from './servedCertificate.ts';
