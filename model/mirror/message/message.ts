import { changeList, unlinkedList } from './message-body.ts';
import type { MessageInput } from './message-input.ts';
import { subjectOfChanges } from './message-subject.ts';
import { cut, utf8Length } from '../../text/outside-text.ts';
import { platformLine } from './platform-text.ts';

/** A commit's subject (one line, at most 72 characters) and its body (may be empty). */
export interface Message {
  subject: string;
  body: string;
}

const maxSubject = 72;

/**
 * What a commit says. Its subject says what changed, in the platform's words. Its body lists each change
 * with its version, time, author and description, oldest first (at most 200), and what the platform's
 * layout leaves out (at most 20), in at most 64 KB. Text from outside is only in the subject, after a word
 * of ours, and in lines that begin with four spaces, so it can never be read as a trailer.
 */
export function composeMessage(input: MessageInput): Message {
  const closing = unlinkedList(input.unlinked, input.words.leftOut);
  if (input.replacedSecrets > 0) {
    const values = input.replacedSecrets === 1 ? '1 value' : `${input.replacedSecrets} values`;
    closing.push(
      `${values} in plain text that should be encrypted ${input.replacedSecrets === 1 ? 'is' : 'are'} left out.`,
    );
  }
  const paragraphs = [...changeList(input, utf8Length(closing.join('\n\n'))), ...closing];
  return { subject: cut(subject(input), maxSubject), body: paragraphs.join('\n\n') };
}

function subject(input: MessageInput): string {
  const project = platformLine(input.projectName);
  const branch = platformLine(input.branchName);
  const changes = input.changes.length > 0 ? subjectOfChanges(input, maxSubject) : null;
  switch (input.reason) {
    case 'initial':
      return `Mirror project ${project}, branch ${branch}`;
    case 'adopt':
      return `Mirror project ${project}, branch ${branch}, over what was here`;
    case 'changes':
      return changes ?? 'Follow the platform';
    case 'catch-up':
      return changes ?? 'Catch up with the platform';
    case 'recovery':
      return changes ?? 'Catch up with the platform after an outage';
    case 'policy':
      return `Apply the mirror's settings to project ${project}`;
    case 'retention':
      return 'Remove job runs that are past their time';
    case 'samples':
      return 'Refresh the samples of tables';
    case 'drift':
      return 'Restore what the repository had lost';
    case 'ended':
      return `End the mirror of project ${project}, branch ${branch}`;
  }
}
