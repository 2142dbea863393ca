import { oneLine, textLines } from '../../text/outside-text.ts';

/** Nothing is seen of it, and hosts do not look through it. */
const joint = '\u200b';

/**
 * What hosts take for a command in a commit's message: references that link or close issues (`#12`, `GH-1`, `!7`, `AB#9`,
 * Jira's `#close`) and addresses of issues, mentions, and words that keep a build from running. The part before which the
 * joint goes.
 */
const commands: readonly RegExp[] = [
  /(?<=#)(?=\w)/g,
  /(?<=\bGH-)(?=\d)/gi,
  /(?<=!)(?=\d)/g,
  /(?<=https?:)(?=\/\/\S+\/(?:issues|pull|merge_requests|work_items|pull-requests)\/\d)/gi,
  /(?<=(?:^|[^\w@./-])@)(?=\w)/g,
  /(?<=\[)(?=[^\][]{0,60}\b(?:skip|no|ci)\b)/gi,
  /(?<=\*\*\*)(?=NO_CI)/gi,
  /(?<=\bskip)(?=-checks?\b)/gi,
];

/** Text of the platform in one line, in which a host finds no command: somebody there wrote it, not the committer. */
export function platformLine(text: string): string {
  return withoutCommands(oneLine(text));
}

/** The lines of a text of the platform that are not blank, as {@link platformLine} makes them. */
export function platformLines(text: string): string[] {
  return textLines(text).map(withoutCommands);
}

function withoutCommands(line: string): string {
  return commands.reduce((text, command) => text.replace(command, joint), line);
}
