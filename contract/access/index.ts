export { type Action, actions, may, type PolicyActor, type PolicySubject, Role } from './policy.ts';
export { type AccessRefusalCode, DemoAccount, DeviceEnrolled, LoginRequest, PersonView, SessionOpened } from './session.ts';
