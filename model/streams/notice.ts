import type { FailureCode } from './errors.ts';
import { oneLine, type NoticeSubject } from './notice-subject.ts';
import { paragraphs, utc, waiting } from './notices/notice-words.ts';
import type { OutageCause } from './notices/outage-cause.ts';
import type { LaneName, NoticeKind } from './outage.ts';

/** The facts that a notice reports. None of them is secret: messages are redacted where they are made. */
export interface NoticeFacts {
  kind: NoticeKind;
  subject: NoticeSubject;
  /** Without user or password. */
  repositoryUrl: string;
  repositoryBranch: string;
  lane: LaneName;
  since: Date;
  endedAt: Date | null;
  attempts: number;
  code: FailureCode;
  message: string;
  /** How many are accepted but not delivered. */
  waiting: number;
  nextAttemptAt: Date | null;
}

/** What a notice says. */
export interface NoticeText {
  /** A single line. */
  subject: string;
  text: string;
}

/** A notice on its way to a recipient. */
export interface OutgoingNotice extends NoticeText {
  /** Stays the same if it is sent again, so that whoever gets it twice can tell. */
  id: string;
  kind: NoticeKind | 'test';
  /** What all of it have in common; `null` if it is of one outage that has no cause in common with others. */
  cause: OutageCause | null;
  /** The outages that it tells of, the oldest first: the first 50. None of a test. */
  about: NoticeFacts[];
  /** How many outages it tells of. */
  count: number;
}

/** What is sent to see whether a channel works. */
export function testNotice(id: string, channelName: string): OutgoingNotice {
  return {
    ...{ id, kind: 'test', cause: null, about: [], count: 0 },
    subject: oneLine(`[Gitward] A test of the channel ${channelName}`),
    text: 'Notices of Gitward arrive here. Nothing is wrong, and there is nothing for you to do.\n',
  };
}

/** The mail to admins of one outage: what happened, since when, how much is waiting, and what to do. */
export function composeNotice(facts: NoticeFacts): NoticeText {
  const { kind } = facts;
  switch (kind) {
    case 'recovered':
      return recovery(facts);
    case 'person_needed':
      return trouble(facts, '');
    case 'escalated':
      return trouble(facts, ` (since ${utc(facts.since)})`);
    case 'found':
      return finding(facts);
    default:
      throw new Error(`There is no text for a notice of kind ${String(kind satisfies never)}.`);
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

function finding(facts: NoticeFacts): NoticeText {
  return facts.code === 'files_changed' ? drift(facts) : refusal(facts);
}

function drift(facts: NoticeFacts): NoticeText {
  const { name, label } = facts.subject;
  return {
    subject: oneLine(`[Gitward] Others changed files of the mirror: ${name}`),
    text: paragraphs([
      facts.message,
      `${label}\nRepository: ${whereOf(facts)}`,
      'Nothing waits for this: Gitward goes on, and changes these files again only when the platform does.',
    ]),
  };
}

function refusal(facts: NoticeFacts): NoticeText {
  const { name, label, origin } = facts.subject;
  const { before, after } = facts.subject.command;
  return {
    subject: oneLine(`[Gitward] The host refuses files: ${name}`),
    text: paragraphs([
      facts.message,
      `${label}\nRepository: ${whereOf(facts)}`,
      'These files stay as they were in the repository, and Gitward goes on with all others.',
      `What to do: correct them in ${origin}, and they come by themselves. Or change the host's rules, then: ${before} retry ${after}`,
    ]),
  };
}

function trouble(facts: NoticeFacts, sinceInSubject: string): NoticeText {
  const { code, message, nextAttemptAt } = facts;
  // A resync in the repository lane also reads the project.
  const what =
    code === 'mass_removal'
      ? 'Many files would be removed'
      : facts.lane === 'source' || code.startsWith('source_')
        ? 'The project cannot be read'
        : facts.lane === 'review'
          ? 'Reviews cannot be followed at the Git host'
          : facts.subject.trouble;
  const next =
    nextAttemptAt === null
      ? 'Gitward keeps trying.'
      : `Gitward tries again at ${utc(nextAttemptAt)}, and keeps trying after that.`;
  return {
    subject: oneLine(`[Gitward] ${what}${sinceInSubject}: ${facts.subject.name}`),
    text: paragraphs([
      `${what}. This has been failing since ${utc(facts.since)} (${attemptsOf(facts)}).`,
      `${facts.subject.label}\nRepository: ${whereOf(facts)}`,
      `Reason (${code}): ${message}`,
      `${waiting(facts)} Everything accepted is kept in the database and will be sent when this works again.`,
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
      return `What to do: give the credential a token that may push (gitward credentials rotate); the ${word} then tries again by itself.`;
    case 'credential_origin':
      return `What to do: see the reason above. When the credential was rotated or replaced, the ${word} tries again by itself.`;
    case 'source_token_refused':
      return 'What to do: give the project a token that may read it (gitward projects rotate); its mirrors then try again by themselves.';
    case 'repository_not_found':
      return `What to do: check that the repository exists and that the credential may see it, then: ${retry}`;
    case 'branch_protected':
      return `What to do: let the credential's account push to the branch, then: ${retry}`;
    case 'content_refused':
      return `What to do: see above what the host refuses, fix it in ${origin} or change the host's rules, then: ${retry}`;
    case 'push_refused':
      return `What to do: see above what the host says, change its rules for the credential's account, then: ${retry}`;
    case 'branch_name_taken':
      return `What to do: choose another branch (${command('set')} --branch), or remove the other one, then: ${retry}`;
    case 'repository_archived':
      return `What to do: make the repository writable again at its host, or choose another one, then: ${retry}`;
    case 'public_repository':
      return `What to do: make the repository private, or allow these kinds to be public (${command('set')} --public-kinds), then: ${retry}`;
    case 'branch_gone':
    case 'history_lost':
    case 'foreign_installation':
    case 'not_adopted':
      return `What to do: look at the repository, and at ${command('show')}. If Gitward may write there: ${command('approve')}`;
    case 'mass_removal':
      return `What to do: look at ${command('show')}, and in ${origin} whether this is right. If it is: ${command('approve')} If it is a mistake there, the ${word} goes on by itself once that is mended.`;
    case 'too_many_files':
    case 'too_many_commits':
    case 'too_much_text':
    case 'repository_too_large':
    case 'reading_too_long':
      return `What to do: make the repository smaller as the reason says, or have an operator raise that setting, then: ${retry}`;
    case 'files_changed':
    case 'address_refused':
    case 'repository_unsupported':
    case 'repository_unreachable':
    case 'repository_timeout':
    case 'repository_error':
    case 'push_contended':
    case 'source_unreachable':
    case 'source_timeout':
    case 'source_not_found':
    case 'source_invalid':
    case 'internal_error':
      return `What to do: see the reason above. Once it is fixed: ${retry}`;
  }
}

function withoutUser(url: string): string {
  return url.replace(/\/\/[^/@]*@/, '//');
}
