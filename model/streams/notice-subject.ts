/** What a notice is about: how a stream is called in it, and the commands that help. All of one line. */
export interface NoticeSubject {
  /** What its people call it. */
  name: string;
  /** Its kind and all of its names: `Mirror: Shop (project 1, branch 2)`. */
  label: string;
  /** The same in a sentence that a repository follows: `mirror of Shop (project 1, branch 2) to`. */
  phrase: string;
  word: 'mirror' | 'space';
  /** What people give it. */
  item: 'change' | 'save';
  /** What does not work when the repository cannot be used. */
  trouble: string;
  /** Where what a host refuses can be mended, beside its rules. */
  origin: string;
  /** The commands that act on it, up to their verb, and its name after it. */
  command: { before: string; after: string };
}

/** A name from outside must not become a header of its own. */
export function oneLine(text: string): string {
  return text.replace(/\s+/g, ' ').trim();
}
