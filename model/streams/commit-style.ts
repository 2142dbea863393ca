import { gitward, type Person } from './author.ts';

/** What a host asks of commits and pushes, as a person sets it; what is absent is as usual. */
export interface CommitSettings {
  /** Whom the commits name as their committer; some hosts refuse one that they do not know. */
  committer?: Person | null;
  /** What subjects begin and end with, such as `[skip ci]`. */
  subjectPrefix?: string;
  subjectSuffix?: string;
  /** Sent with each push, as `git push --push-option` does. */
  pushOptions?: string[];
}

/** Who the authors of a platform are in Git. */
export interface AuthorSettings {
  /** By the platform's name for them. */
  authors?: { from: string; name: string; email: string }[];
  /** Whether the others are named without their addresses. */
  noReply?: boolean;
}

/** How commits and pushes look to the host. */
export interface CommitStyle {
  committer: Person;
  prefix: string;
  suffix: string;
  pushOptions: readonly string[];
}

/** The style without any settings. */
export const usualStyle: CommitStyle = {
  committer: gitward,
  prefix: '',
  suffix: '',
  pushOptions: [],
};

/** The style that these settings ask for. */
export function styleOf(settings: CommitSettings = {}): CommitStyle {
  return {
    committer: settings.committer ?? gitward,
    prefix: settings.subjectPrefix?.trim() ?? '',
    suffix: settings.subjectSuffix?.trim() ?? '',
    pushOptions: settings.pushOptions ?? [],
  };
}

/** The person of a platform's author, as these settings name them in Git. */
export function authorAs(
  { authors = [], noReply = false }: AuthorSettings,
  person: Person,
): Person {
  const known = authors.find(({ from }) => from === person.name || from === person.email);
  if (known !== undefined) return { name: known.name, email: known.email };
  if (!noReply) return person;
  const [local = ''] = person.name.split('@');
  const name = person.name === person.email ? local : person.name;
  const address = local
    .replace(/[^A-Za-z0-9]+/g, '-')
    .replace(/^-+|-+$/g, '')
    .toLowerCase();
  return { name, email: `${address === '' ? 'unknown' : address}@users.noreply.gitward.invalid` };
}
