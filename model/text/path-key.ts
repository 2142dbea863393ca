/**
 * What all spellings of a path have in common that a file system may take for one: case, and how accents are composed
 * (NTFS and APFS ignore case, APFS also the composition). The database computes the same as `path_key`.
 */
export function pathKey(path: string): string {
  // Upper case first: some letters have several lower ones.
  return path.normalize('NFC').toUpperCase().toLowerCase().normalize('NFC');
}
