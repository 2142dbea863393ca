/** The mirror whose page has this address; `null` if it is another page. */
export function mirrorOfPath(pathname: string): { project: string; branch: string } | null {
  const [, first, project = '', branch = ''] = pathname.split('/');
  if (first !== 'mirrors' || project === '' || branch === '') return null;
  try {
    return { project: decodeURIComponent(project), branch: decodeURIComponent(branch) };
  } catch {
    return null;
  }
}
