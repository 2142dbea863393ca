import type { Answer, Item } from '../../client/answers.ts';
import { facts, oneLine, table } from '../../client/layout.ts';

/** A mirror, as the API returns it. */
export type Mirror = Answer<'GET /v1/projects/:project/mirrors/:branch'>;

type Commit = Item<'GET /v1/projects/:project/mirrors/:branch/commits'>;
type Change = Item<'GET /v1/projects/:project/mirrors/:branch/changes'>;
type Preview = Answer<'POST /v1/projects/:project/mirrors/preview'>;

/** Mirrors, one per line. */
export function mirrorsTable(mirrors: readonly Mirror[]): string {
  return table(
    ['project', 'branch', 'state', 'waiting', 'last commit', 'repository'],
    mirrors.map((mirror) => [
      mirror.projectId,
      mirror.branchId,
      mirror.state,
      String(mirror.pendingChanges),
      mirror.lastCommit?.sha.slice(0, 10) ?? '-',
      place(mirror),
    ]),
    'No mirrors. Enable one with `gitward mirrors enable`.',
  );
}

/** The most important facts about a mirror. */
export function mirrorFacts(mirror: Mirror): string {
  const { outage, lastCommit, replacedSecrets } = mirror;
  const lines = facts([
    ['mirror', `${mirror.projectId}/${mirror.branchId}`],
    ['state', mirror.state],
    ['ended', mirror.endedBecause && endedText(mirror)],
    ['repository', place(mirror)],
    ['links branches', linkedText(mirror)],
    ['samples', `${mirror.samples.state}: ${mirror.samples.reason}`],
    ['hears of changes', mirror.watch && watchText(mirror.watch)],
    ['waiting', `${mirror.pendingChanges} change(s), ${mirror.waitingBatches} closed window(s)`],
    ['last commit', lastCommit && `${lastCommit.sha} at ${lastCommit.committedAt}`],
    ['outage', outage && `since ${outage.since}, ${outage.attempts} attempt(s)`],
    ['reason', outage && `${outage.reason.message} (${outage.reason.code})`],
    ['next attempt', outage && (outage.nextAttemptAt ?? 'when someone asks for it')],
    ['admins notified', outage && (outage.notifiedAt ?? 'not yet')],
    [
      'left out',
      replacedSecrets.count === 0 ? null : `${replacedSecrets.count} unencrypted secret(s)`,
    ],
    ['secrets', mirror.secretsFound === 0 ? null : secretsText(mirror)],
    ['refused', mirror.refused.count === 0 ? null : `${mirror.refused.count} file(s), by the host`],
  ]);
  const notes = [
    ...replacedSecrets.paths.map((path) => `  left out: ${path}`),
    ...mirror.warnings.map(({ owner, message }) => `  warning: ${owner}: ${message}`),
    ...mirror.refused.files.map(({ path, rule }) => `  refused: ${path}: ${rule}`),
  ];
  return [lines, ...notes.map(oneLine)].join('\n');
}

function watchText({ state, reason }: NonNullable<Mirror['watch']>): string {
  const how = {
    watching: 'from the platform, within seconds',
    catch_up: 'only by the regular catch-up',
    starting: 'it is not known yet how',
  }[state];
  return reason === null ? how : `${how}: ${reason}`;
}

function secretsText({ secretsFound, secretsInText }: Mirror): string {
  const how = secretsInText === 'mask' ? 'masked' : 'only reported';
  return `${secretsFound} in texts, ${how} (gitward mirrors secrets)`;
}

/** Commits, one per line. */
export function commitsTable(commits: readonly Commit[]): string {
  return table(
    ['commit', 'time', 'author', 'subject'],
    commits.map(({ sha, authoredAt, author, subject }) => [
      sha.slice(0, 10),
      authoredAt,
      author.name,
      subject,
    ]),
    'No commits yet.',
  );
}

/** Changes, one per line. */
export function changesTable(changes: readonly Change[]): string {
  return table(
    ['no.', 'state', 'type', 'time', 'author', 'key'],
    changes.map((change) => [
      String(change.sequence),
      change.state,
      change.type,
      change.occurredAt,
      change.author ?? '-',
      change.key,
    ]),
    'No changes.',
  );
}

/** What enabling a mirror would do. */
export function previewFacts({
  branchId,
  repository,
  contents,
  commit,
  adoptionNeeded,
  replacedSecrets,
  secretsInText,
  warnings,
}: Preview): string {
  const lines = facts([
    ['branch', branchId],
    ['reachable', yesNo(repository.reachable)],
    ['failure', repository.failure && `${repository.failure.message} (${repository.failure.code})`],
    ['empty', yesNo(repository.empty)],
    ['tip', repository.tip],
    ['may push', pushText(repository)],
    ['protected', yesNo(repository.branchProtected)],
    ['visibility', `${repository.visibility}: ${oneLine(repository.visibilityReason)}`],
    ['contents', contents && contentsText(contents)],
    [
      'first commit',
      commit && `${commit.files} file(s), ${commit.bytes} bytes, ${commit.unchanged} already there`,
    ],
    ['adopt needed', yesNo(adoptionNeeded)],
  ]);
  const notes = [
    ...listed('replaces', commit?.replaces, String),
    ...listed('removes', commit?.removes, String),
    ...listed('left out', replacedSecrets, ({ path, pointer }) => `${path}#${pointer}`),
    ...listed('secret', secretsInText, ({ path, line, rule }) => `${path}:${line} (${rule})`),
    ...listed('warning', warnings, String),
  ];
  return [lines, ...notes.map(oneLine)].join('\n');
}

function pushText({ pushAllowed, pushReason }: Preview['repository']): string {
  if (pushAllowed === true) return 'yes';
  return `${pushAllowed === false ? 'no' : 'not known'}: ${oneLine(pushReason)}`;
}

function contentsText({ objects, tables }: NonNullable<Preview['contents']>): string {
  const kinds = objects.first.map(({ kind, word, count }) => `${count} ${word}(s) of ${kind}`);
  const more = objects.count - objects.first.length;
  return [...kinds, ...(more > 0 ? [`${more} more kind(s)`] : []), `${tables} table(s)`].join(', ');
}

/** One line each, and how many there are that the API did not list. */
function listed<T>(
  what: string,
  { count, first }: { count: number; first: T[] } = { count: 0, first: [] },
  text: (item: T) => string,
): string[] {
  const lines = first.map((item) => `  ${what}: ${text(item)}`);
  const more = count - first.length;
  return more > 0 ? [...lines, `  ${what}: ${more} more`] : lines;
}

function endedText({ endedAt, endedBecause }: Mirror): string {
  const why = endedBecause === 'disabled' ? 'by a person' : `the branch was ${endedBecause}`;
  return `${endedAt ?? 'at an unknown time'} (${why})`;
}

function linkedText({ developmentBranches: { link, gitBranch } }: Mirror): string | null {
  return link.length === 0 ? null : `${link.join(', ')} to ${gitBranch}`;
}

function place({ repository: { url, branch, subdirectory } }: Mirror): string {
  return `${url} ${branch}${subdirectory === '' ? '' : ` ${subdirectory}/`}`;
}

function yesNo(value: boolean | null): string | null {
  return value === null ? null : value ? 'yes' : 'no';
}
