import type { FailureCode } from './errors.ts';
import { oneLine, type NoticeSubject } from './notice-subject.ts';
import type { NoticeKind } from './outage.ts';

/** What a notice tells of. Nothing in it is secret: messages are redacted where they are made. */
export interface NoticeFacts {
  kind: NoticeKind;
  subject: NoticeSubject;
  /** Without user or password. */
  repositoryUrl: string;
  repositoryBranch: string;
  lane: 'source' | 'repository';
  since: Date;
  endedAt: Date | null;
  attempts: number;
  code: FailureCode;
  message: string;
  /** Accepted and not delivered. */
  waiting: number;
  nextAttemptAt: Date | null;
}

/** A mail without its addresses. */
export interface NoticeText {
  subject: string;
  text: string;
}

/** What admins read: what happened, since when, how much waits, what to do. */
export function composeNotice(facts: NoticeFacts): NoticeText {
  const { kind } = facts;
  switch (kind) {
    case 'recovered':
      return recovery(facts);
    case 'person_needed':
      return trouble(facts, '');
    case 'escalated':
      return trouble(facts, ` since ${utc(facts.since)}`);
    default:
      throw new Error(`There are no words for a notice of kind ${String(kind satisfies never)}.`);
  }
}

function recovery(facts: NoticeFacts): NoticeText {
  const { name, phrase } = facts.subject;
  const until = facts.endedAt === null ? '' : ` until ${utc(facts.endedAt)}`;
  return {
    subject: oneLine(`[Gitward] Working again: ${name}`),
    text: paragraphs([
      `The ${phrase} ${whereOf(facts)} is working again.`,
      `It was failing from ${utc(facts.since)}${until} (${attemptsOf(facts)}).`,
      `${waiting(facts)} Nothing was lost, and there is nothing for you to do.`,
    ]),
  };
}

function trouble(facts: NoticeFacts, sinceInSubject: string): NoticeText {
  const { code, message, nextAttemptAt } = facts;
  // A delivery of the whole tree reads the project too.
  const what =
    facts.lane === 'source' || code.startsWith('source_')
      ? 'The project cannot be read'
      : facts.subject.trouble;
  const next =
    nextAttemptAt === null
      ? 'Gitward keeps trying.'
      : `Gitward tries again at ${utc(nextAttemptAt)}, and keeps trying after that.`;
  return {
    subject: oneLine(`[Gitward] ${what}${sinceInSubject}: ${facts.subject.name}`),
    text: paragraphs([
      `${what}, since ${utc(facts.since)} (${attemptsOf(facts)}).`,
      `${facts.subject.label}\nRepository: ${whereOf(facts)}`,
      `Reason (${code}): ${message}`,
      `${waiting(facts)} Everything accepted is kept in the database and is sent when this works again.`,
      advice(facts),
      next,
    ]),
  };
}

function whereOf({ repositoryUrl, repositoryBranch }: NoticeFacts): string {
  return `${withoutUser(repositoryUrl)}, branch ${repositoryBranch}`;
}

function attemptsOf({ attempts }: NoticeFacts): string {
  return attempts === 1 ? '1 attempt' : `${attempts} attempts`;
}

function advice({ code, subject }: NoticeFacts): string {
  const { word, origin } = subject;
  const command = (verb: string) => `${subject.command.before} ${verb} ${subject.command.after}`;
  const retry = command('retry');
  switch (code) {
    case 'credential_refused':
      return `What to do: give the credential a token that may push (gitward credentials rotate); the ${word} tries again by itself.`;
    case 'source_token_refused':
      return 'What to do: give the project a token that may read it (gitward projects rotate); its mirrors try again by themselves.';
    case 'repository_not_found':
      return `What to do: check that the repository exists and that the credential may see it, then: ${retry}`;
    case 'branch_protected':
      return `What to do: let the credential's account push to the branch, then: ${retry}`;
    case 'content_refused':
      return `What to do: see above what the host refuses, and mend it in ${origin} or in the host's rules, then: ${retry}`;
    case 'public_repository':
      return `What to do: make the repository private, or say that these kinds may be public (${command('set')} --public-kinds), then: ${retry}`;
    case 'branch_gone':
    case 'history_lost':
    case 'foreign_installation':
    case 'not_adopted':
      return `What to do: look at the repository, and at ${command('show')}. If Gitward may write there: ${command('approve')}`;
    case 'address_refused':
    case 'repository_unreachable':
    case 'repository_timeout':
    case 'repository_error':
    case 'push_contended':
    case 'source_unreachable':
    case 'source_timeout':
    case 'source_not_found':
    case 'source_invalid':
    case 'internal_error':
      return `What to do: see the reason above. When it is mended: ${retry}`;
  }
}

function waiting({ waiting: count, subject: { item } }: NoticeFacts): string {
  if (count === 0) return `No ${item} waits.`;
  return count === 1 ? `One ${item} waits.` : `${count} ${item}s wait.`;
}

function withoutUser(url: string): string {
  return url.replace(/\/\/[^/@]*@/, '//');
}

function utc(date: Date): string {
  return `${date.toISOString().slice(0, 16).replace('T', ' ')} UTC`;
}

function paragraphs(parts: string[]): string {
  return `${parts.join('\n\n')}\n`;
}
