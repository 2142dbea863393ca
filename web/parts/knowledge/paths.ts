/** The page of a space; with more, one of its other pages. */
export function spacePath(space: string, ...more: string[]): string {
  return ['/spaces', space, ...more]
    .map((part, at) => (at === 0 ? part : encodeURIComponent(part)))
    .join('/');
}

/** The page of an entry. */
export function entryPath(space: string, entry: string): string {
  return spacePath(space, 'entries', entry);
}

/** The list of a kind. */
export function kindPath(space: string, kind: string): string {
  return spacePath(space, 'kinds', kind);
}

/** The page of a conflict. */
export function conflictPath(space: string, conflict: string): string {
  return spacePath(space, 'conflicts', conflict);
}

/** The page on which a new entry of a kind is written. */
export function newEntryPath(space: string): string {
  return spacePath(space, 'new');
}

/** The page on which files and tables are imported. */
export function importPath(space: string): string {
  return spacePath(space, 'import');
}

/** The id of the space whose page this is; `null` if it is another page. */
export function spaceOfPath(pathname: string): string | null {
  const [, first, space = ''] = pathname.split('/');
  if (first !== 'spaces' || space === '') return null;
  try {
    return decodeURIComponent(space);
  } catch {
    return null;
  }
}

/** What people call a file: its name, without folders and extension. */
export function nameOfFile(path: string): string {
  const name = path.slice(path.lastIndexOf('/') + 1);
  return name.replace(/\.[^.]+$/, '') || name;
}
