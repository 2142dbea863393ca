/** What a notice is about: the words for a stream, and the commands that help. Each is a single line. */
export interface NoticeSubject {
  /** What people call it. */
  name: string;
  /** Its kind, name and ids: `Mirror: Shop (project 1, branch 2)`. */
  label: string;
  /** The same for use in a sentence, before the repository: `mirror of Shop (project 1, branch 2) to`. */
  phrase: string;
  word: 'mirror' | 'space';
  /** The word for one thing that it delivers. */
  item: 'change' | 'save';
  /** What does not work when the repository cannot be used. */
  trouble: string;
  /** Where content that a host refuses can be fixed, other than in the host's rules. */
  origin: string;
  /** The parts of a command that acts on it: what comes before the verb, and its ids after the verb. */
  command: { before: string; after: string };
}

/** Text as a single line, so that a name from outside cannot become a mail header. */
export function oneLine(text: string): string {
  return text.replace(/\s+/g, ' ').trim();
}
