export { type Access, createAccess, type OpenSession } from './access.ts';
export type { DeviceIdentity } from './deviceIdentity.ts';
export { fetchDemoAccounts } from './demoAccounts.ts';
export { loginAsDemo } from './demoLogin.ts';
