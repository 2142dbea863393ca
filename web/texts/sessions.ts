export const sessions = {
  title: 'Sessions',
  own: 'Where you are signed in.',
  everybody: 'Where people are signed in.',
  shows: { own: 'Yours', all: 'Everybody’s' },
  filter: 'Filter by name, device, address…',
  emptyTitle: 'No browser is signed in',
  empty:
    'A session begins when somebody signs in with a link, a token or your company’s provider. It ends by itself when it was not used for a while.',
  columns: {
    device: 'Device',
    who: 'Who',
    method: 'Signed in with',
    used: 'Last used',
    expires: 'Ends',
  },
  device: (browser: string, system: string) => `${browser} on ${system}`,
  unknownDevice: 'Unknown device',
  current: 'This browser',
  currentHint: 'You are using this one. “Sign out” is in the menu of your account.',
  methods: { link: 'A link', token: 'A token', 'open-id-connect': 'The provider' },
  address: 'Address',
  began: 'Began',
  userAgent: 'As the browser says it',
  end: 'Sign out',
  endQuestion: {
    title: (device: string) => `Sign out ${device}?`,
    text: (name: string) =>
      `${name} is signed out there at once, and can sign in again as before. If it was not ${name}, revoke the token or disable the person, too.`,
    action: 'Sign out',
  },
  ended: (device: string) => `${device} was signed out.`,
};
