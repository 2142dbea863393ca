export const signIn = {
  title: 'Sign in to Gitward',
  with: (provider: string) => `Sign in with ${provider}`,
  withToken: 'Sign in with a token',
  or: 'or',
  token: 'Token',
  tokenHint: 'It begins with gw_. Your admin makes one for you.',
  linkHint: 'On the machine that runs Gitward, this prints a link that signs you in:',
  command: 'npx gitward sign-in',
  submit: 'Sign in',
  signingIn: 'Signing you in…',
  linkRefused: 'This link does not work any more',
  providerRefused: 'Signing in did not work',
};
