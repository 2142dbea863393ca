export const mirror = {
  title: (project: string) => `Mirror of ${project}`,
};
