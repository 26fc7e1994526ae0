export {
  type Access,
  type Caller,
  callerActor,
  deviceActor,
  type KnownDevice,
  openAccess,
  personActor,
  type SignedIn,
} from './access.ts';
export { accountAnswers } from './accountRoutes.ts';
export { type AccountEvent, createAccounts } from './accounts.ts';
export { addDemoPeople } from './demoAccounts.ts';
export { createFirstAdministrator, type FirstAdministratorDesk } from './firstAdministrator.ts';
export { createArgonPasswords, type Passwords } from './passwords.ts';
export { accessAnswers, type PeerOf } from './routes.ts';
export { openSurfaces, type SurfaceAnswers } from './surfaces.ts';
