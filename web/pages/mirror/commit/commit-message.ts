/** What a commit's body says, for people. */
export interface MessageParts {
  /** What is left without the lines that Gitward writes for itself; `''` if nothing is. */
  text: string;
  /** Who else made the changes. */
  coAuthors: string[];
}

const trailer = /^[A-Za-z][A-Za-z0-9-]*: .+$/;
const coAuthor = /^Co-authored-by: (.+?)\s*(?:<[^<>]*>)?$/;

/** Takes the last paragraph apart if it consists of lines that are meant for programs (`Gitward-Reason: …`). */
export function messageParts(body: string): MessageParts {
  const paragraphs = body.trim().split(/\n{2,}/);
  const lines = (paragraphs.at(-1) ?? '').split('\n');
  if (!lines.every((line) => trailer.test(line))) return { text: body.trim(), coAuthors: [] };
  return {
    text: paragraphs.slice(0, -1).join('\n\n'),
    coAuthors: lines.flatMap((line) => coAuthor.exec(line)?.[1] ?? []),
  };
}
