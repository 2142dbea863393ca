export const enable = {
  title: 'Enable a mirror',
};
