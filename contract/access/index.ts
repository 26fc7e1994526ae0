export { type Action, actions, may, type PolicyActor, type PolicySubject, Role } from './policy.ts';
export {
  type AccessRefusalCode,
  DemoAccount,
  DeviceEnrolled,
  FirstAdministrator,
  LoginRequest,
  PersonView,
  SessionOpened,
} from './session.ts';
