import { Type } from 'typebox';
import { StreamFailure } from '../../model/streams/errors.ts';
import { cut, oneLine } from '../../model/text/outside-text.ts';
import type { Answer } from './ask.ts';
import type { HostUser } from './types.ts';

/** How many items of a list are asked for at once, and for how many pages at most. */
export const perPage = 50;
const maxPages = 20;

/** The id of a commit. */
export const Sha = Type.String({ pattern: '^[0-9a-f]{40}([0-9a-f]{24})?$' });

/** A text that some hosts leave out, or answer with `null`. */
export const MaybeText = Type.Optional(Type.Union([Type.String(), Type.Null()]));

/** Checks what an API answered against its promise. */
interface Validator<T> {
  Check(value: unknown): value is T;
}

/** What an answer with a status of 2xx contains. Throws `StreamFailure` for other statuses, and if it is not what the API promises. */
export function contentOf<T>(
  validator: Validator<T>,
  answer: Answer,
  asked: { name: string; for: string },
): T {
  requireDone(answer, asked);
  if (validator.Check(answer.body)) return answer.body;
  throw new StreamFailure(
    'repository_error',
    `${asked.name}’s API was asked ${asked.for}, and answered something else than it promises. Perhaps something in between answers for it.`,
  );
}

/** Throws `StreamFailure` if the status is none of 2xx. */
export function requireDone(
  answer: Answer,
  { name, for: what }: { name: string; for: string },
): void {
  const { status, words } = answer;
  if (status >= 200 && status < 300) return;
  const said = words === '' ? '' : ` It said: ${words}`;
  const asked = `${name}’s API was asked ${what}`;
  if (status === 401)
    throw new StreamFailure(
      'credential_refused',
      `${asked}, and does not take the credential (401). It must be a token for the API, too.${said}`,
      { words, wider: { of: 'credential', step: 'read' } },
    );
  if (status === 423 || (status === 403 && /archived/i.test(words)))
    throw new StreamFailure(
      'repository_archived',
      `${asked}, and the repository is archived (${status}). Nobody can write to it until that is undone at the host.${said}`,
      { words },
    );
  if (status === 403)
    throw new StreamFailure(
      'credential_refused',
      `${asked}, and the credential may not do that (403).${said}`,
      { words },
    );
  if (status === 404)
    throw new StreamFailure(
      'repository_not_found',
      `${asked}, and shows no such thing to this credential (404).${said}`,
      { words },
    );
  throw new StreamFailure('repository_error', `${asked}, and answered ${status}.${said}`, {
    words,
  });
}

/** All items of a list that comes in pages; of one that is too long, the first 1,000. */
export async function listed<T>(page: (number: number) => Promise<readonly T[]>): Promise<T[]> {
  const items: T[] = [];
  for (let number = 1; number <= maxPages; number++) {
    const found = await page(number);
    items.push(...found);
    if (found.length < perPage) break;
  }
  return items;
}

/** A user from what a host says; `null` for nobody, such as a deleted account. */
export function userOf(
  said:
    | { login: string; name?: string | null | undefined; email?: string | null | undefined }
    | null
    | undefined,
): HostUser | null {
  if (said == null || said.login === '') return null;
  return { login: line(said.login), name: lineOr(said.name), email: lineOr(said.email) };
}

/** A title as hosts take it: one line of at most 250 characters. */
export function titleOf(text: string): string {
  return cut(oneLine(text), 250);
}

/** A title or a name of a host as one line of limited length. */
export function line(text: string): string {
  return cut(oneLine(text), 500);
}

function lineOr(text: string | null | undefined): string | null {
  return textOr(line(text ?? ''));
}

/** `null` for a text that is empty or left out, which hosts use for none. */
export function textOr(text: string | null | undefined): string | null {
  return text === '' ? null : (text ?? null);
}

/** A time as ISO 8601; `null` if it is none. Gitea answers with the year 1 for none. */
export function timeOf(said: string | null | undefined): string | null {
  const time = Date.parse(said ?? '');
  return time > 0 ? new Date(time).toISOString() : null;
}

/** The last verdict of each user, from all of them in the order in which they were given. */
export function lastOfEach<T extends { user: HostUser }>(verdicts: readonly T[]): T[] {
  return [...new Map(verdicts.map((verdict) => [verdict.user.login, verdict])).values()];
}

/** What a host must have, since it said that it has it. Throws `StreamFailure` if it shows nothing. */
export function present<T>(found: T | null, { name, for: what }: { name: string; for: string }): T {
  if (found !== null) return found;
  throw new StreamFailure(
    'repository_error',
    `${name}’s API was asked ${what}, said that it was done, and does not show it. Gitward tries again by itself.`,
  );
}
