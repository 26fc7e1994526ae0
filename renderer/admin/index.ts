/** The administration page: people, roles, territories, and what somebody would see. Served by the platform at /admin/. */
export { AdminPage } from './AdminPage.tsx';
export { createAdminDesk } from './adminDesk.ts';
export { createPlatformPages } from './platformPages.ts';
