/** The page of a stream, from its id: `mirror/<project>/<branch>` or `space/<space>`; `null` for anything else. */
export function streamPath(id: string): string | null {
  const [product, ...parts] = id.split('/');
  const [first = '', second = ''] = parts.map(encodeURIComponent);
  if (product === 'mirror' && first !== '' && second !== '') return `/mirrors/${first}/${second}`;
  return product === 'space' && first !== '' ? `/spaces/${first}` : null;
}
