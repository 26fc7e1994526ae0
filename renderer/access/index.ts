export { LoginScreen } from './LoginScreen.tsx';
export { createSignIn, type SignIn } from './signIn.ts';
