/** A file that somebody dropped or chose, with its path from the folder that it was in, and that folder's name. */
export interface GivenFile {
  path: string;
  file: File;
}
