export { AskPersonNames, namesAtOnce, PersonNamed, PersonNames } from './names.ts';
export { checkNewPassword, passwordRule } from './passwordRule.ts';
export { AccountView, AddPerson, PersonChange, PersonChanged, PreviewRights, RightsPreview } from './people.ts';
export { type Action, actions, may, type PolicyActor, type PolicySubject, Role } from './policy.ts';
export {
  type AccessRefusalCode,
  ChangePassword,
  DemoAccount,
  DeviceEnrolled,
  FirstAdministrator,
  FirstAdministratorWanted,
  LoginRequest,
  PersonView,
  SessionOpened,
} from './session.ts';
export {
  busSurfaces,
  commandSurfaces,
  directorySurfaces,
  feedSurfaces,
  type HttpSurface,
  type HttpSurfaceName,
  httpSurfaces,
  mediaSurfaces,
  positionSurfaces,
  questionSurfaces,
} from './surfaces.ts';
