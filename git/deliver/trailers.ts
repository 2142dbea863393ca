import type { Person } from '../../model/streams/author.ts';
import type { CommitReason, StreamTrailers } from '../../model/streams/commit.ts';
import { formatPerson } from './ident.ts';

const reasons: Record<CommitReason, true> = {
  changes: true,
  initial: true,
  adopt: true,
  'catch-up': true,
  recovery: true,
  policy: true,
  retention: true,
  samples: true,
  drift: true,
  ended: true,
};

const trailerLine = /^([A-Za-z][A-Za-z0-9-]*): (.+)$/;

/**
 * Formats the last paragraph of our commits: co-authors and reviewers, then what the commit contains. There is no
 * line end after it.
 */
export function formatTrailers(
  trailers: StreamTrailers,
  { coAuthors, reviewers = [] }: { coAuthors: readonly Person[]; reviewers?: readonly Person[] },
): string {
  return [
    ...coAuthors.map((person) => `Co-authored-by: ${formatPerson(person)}`),
    ...reviewers.map((person) => `Reviewed-by: ${formatPerson(person)}`),
    `Gitward-Stream: ${trailers.stream}`,
    `Gitward-Installation: ${trailers.installation}`,
    `Gitward-Batches: ${trailers.batches.join(', ')}`,
    `Gitward-Through: ${trailers.through}`,
    `Gitward-Reason: ${trailers.reason}`,
    ...(trailers.proof === undefined ? [] : [`Gitward-Proof: ${trailers.proof}`]),
  ].join('\n');
}

/**
 * Parses the last paragraph of a commit's message if {@link formatTrailers} could have written it:
 * only trailer lines, with each of ours exactly once (the proof at most) and well formed. Anything else was written by
 * someone else and gives `null`. The caller must check whether Gitward made the commit.
 */
export function parseTrailers(message: string): StreamTrailers | null {
  const paragraphs = message.replace(/\n+$/, '').split(/\n{2,}/);
  const last = paragraphs.at(-1);
  // The first paragraph is always the subject, whatever it looks like.
  if (last === undefined || paragraphs.length < 2) return null;

  const ours = new Map<string, string>();
  for (const line of last.split('\n')) {
    const [, key, value] = trailerLine.exec(line) ?? [];
    if (key === undefined || value === undefined) return null;
    if (!key.startsWith('Gitward-')) continue;
    if (ours.has(key)) return null;
    ours.set(key, value);
  }

  const stream = ours.get('Gitward-Stream');
  const installation = ours.get('Gitward-Installation');
  const batches = ours.get('Gitward-Batches')?.split(', ');
  const through = ours.get('Gitward-Through');
  const reason = ours.get('Gitward-Reason');
  const proof = ours.get('Gitward-Proof');
  if (stream === undefined || !/^[A-Za-z0-9._/-]+$/.test(stream)) return null;
  if (installation === undefined || !isId(installation)) return null;
  if (batches?.every(isId) !== true) return null;
  if (through === undefined || !/^(0|[1-9]\d{0,14})$/.test(through)) return null;
  if (reason === undefined || !isReason(reason)) return null;
  if (proof !== undefined && !/^[0-9a-f]{64}$/.test(proof)) return null;
  const said = { stream, installation, batches, through: Number(through), reason };
  return proof === undefined ? said : { ...said, proof };
}

function isId(text: string): boolean {
  return /^[A-Za-z0-9-]{1,64}$/.test(text);
}

function isReason(text: string): text is CommitReason {
  return Object.hasOwn(reasons, text);
}
