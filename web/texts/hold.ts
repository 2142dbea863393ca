export const hold = {
  title: 'What was found',
};
