/** The way from one file of a repository to another, as a link in Markdown has it. */
export function relativePath(from: string, to: string): string {
  const here = from.split('/').slice(0, -1);
  const there = to.split('/');
  let same = 0;
  while (same < here.length && same < there.length - 1 && here[same] === there[same]) same += 1;
  const up = here.slice(same).map(() => '..');
  const way = [...up, ...there.slice(same)];
  // What Markdown would read as something else than a part of the address.
  return way
    .join('/')
    .replaceAll(/[ ()<>]/g, (mark) =>
      encodeURIComponent(mark).replace('(', '%28').replace(')', '%29'),
    );
}
