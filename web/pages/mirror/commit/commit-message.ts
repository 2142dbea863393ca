/** What a commit's body says, for people. */
export interface MessageParts {
  /** What is left without the lines that Gitward writes for itself; `''` if nothing is. */
  text: string;
  /** Who else made the changes. */
  coAuthors: string[];
}

/** Gitward indents what comes from outside, so that it is no trailer. */
const indentation = /^ {4}/gm;
const trailer = /^[A-Za-z][A-Za-z0-9-]*: .+$/;
const coAuthor = /^Co-authored-by: (.+?)\s*(?:<[^<>]*>)?$/;

/** Takes the last paragraph apart if it consists of lines that are meant for programs (`Gitward-Reason: …`). */
export function messageParts(body: string): MessageParts {
  const paragraphs = body.trimEnd().split(/\n{2,}/);
  const lines = (paragraphs.at(-1) ?? '').split('\n');
  const isForPrograms = lines.every((line) => trailer.test(line));
  const text = (isForPrograms ? paragraphs.slice(0, -1) : paragraphs).join('\n\n');
  return {
    text: text.replace(indentation, '').trim(),
    coAuthors: (isForPrograms ? lines : []).flatMap((line) => coAuthor.exec(line)?.[1] ?? []),
  };
}
