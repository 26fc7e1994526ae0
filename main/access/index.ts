export { type Access, createAccess, type OpenSession } from './access.ts';
export { type DeviceIdentity, forgetDevice, readDevice, writeDevice } from './deviceIdentity.ts';
export { fetchDemoAccounts } from './demoAccounts.ts';
export { loginAsDemo } from './demoLogin.ts';
