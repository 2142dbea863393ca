/*
 * Documents with transcripts: a fence ```` ```console NAME ```` has what a person typed (after `$ `, continued after `> `) and
 * what was answered. A test runs the commands again and compares the answers. Ids, times and dates are different each
 * time; a command that names an id gets the one that came in its place in the answers before.
 */

/** A command and its answer in a document. */
export interface Step {
  who: string;
  command: string;
  answer: string;
}

/** A part of a document: text that stays as it is, or the steps of a fence. */
type Part = string | { who: string; steps: Step[] };

/** Splits a document into its fences and the text between them. */
export function partsOf(document: string): Part[] {
  return document.split(/^(```console \w+\n.*?^```\n)/ms).map((text) => {
    const [, who, inner] = /^```console (\w+)\n(.*)^```\n$/ms.exec(text) ?? [];
    return who === undefined || inner === undefined ? text : { who, steps: stepsOf(who, inner) };
  });
}

function stepsOf(who: string, inner: string): Step[] {
  const steps: Step[] = [];
  for (const line of inner.split('\n').slice(0, -1)) {
    const last = steps.at(-1);
    if (line.startsWith('$ ')) steps.push({ who, command: line.slice(2), answer: '' });
    else if (last === undefined) throw new Error(`A fence begins with "${line}", not a command.`);
    else if (line.startsWith('> ') && last.answer === '') last.command += `\n${line.slice(2)}`;
    else last.answer += `${line}\n`;
  }
  return steps;
}

/** Puts a document together again. */
export function documentOf(parts: readonly Part[]): string {
  return parts
    .map((part) => {
      if (typeof part === 'string') return part;
      const lines = part.steps.map(
        ({ command, answer }) => `$ ${command.replaceAll('\n', '\n> ')}\n${answer}`,
      );
      return `\`\`\`console ${part.who}\n${lines.join('')}\`\`\`\n`;
    })
    .join('');
}

/** What is different each time: UUIDs, times, dates, and the ids of commits and blobs. */
const changing =
  /\b[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}\b|\b\d{4}-\d{2}-\d{2}(?:T[\d:.]+Z)?|\b(?=[a-f]*\d)[0-9a-f]{7,40}\b/g;

/** An answer without what is different each time: neither changing words, nor the widths of columns. */
export function lasting(answer: string): string {
  return answer
    .replace(changing, (word) => (/^\d{4}-\d{2}-\d{2}/.test(word) ? '<time>' : '<id>'))
    .replace(/ +/g, ' ')
    .replace(/ $/gm, '');
}

/** The ids of a document, and those that a run has in their places. */
export class Ids {
  readonly #now = new Map<string, string>();

  /** Learns from an answer that is the same but for what changes. */
  learn(before: string, now: string): void {
    const words = now.match(changing) ?? [];
    for (const [index, word] of (before.match(changing) ?? []).entries())
      this.#now.set(word, words[index] ?? word);
  }

  /** A command with the ids of this run; an id may be given by its first digits. */
  in(command: string): string {
    return command.replace(changing, (word) => {
      for (const [before, now] of this.#now)
        if (before.startsWith(word)) return now.slice(0, word.length);
      return word;
    });
  }
}
