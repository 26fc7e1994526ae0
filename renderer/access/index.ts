export { ChangePasswordDialog } from './ChangePasswordDialog.tsx';
export { LoginScreen } from './LoginScreen.tsx';
export { createSignIn, type SignIn } from './signIn.ts';
export { NewPasswordForm, type TypedPassword } from './NewPasswordForm.tsx';
export { PageLogin } from './PageLogin.tsx';
export { openPageSession, type PageSession } from './pageSession.ts';
