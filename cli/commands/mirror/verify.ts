import { setTimeout as sleep } from 'node:timers/promises';
import { InvalidArgumentError, type Command } from 'commander';
import type { Answer } from '../../client/answers.ts';
import { ApiRefused, type ApiClient } from '../../client/api-client.ts';
import { asClient, processIo, type ClientIo } from '../../client/client-command.ts';
import { facts } from '../../client/layout.ts';

type Verification = Answer<'GET /v1/projects/:project/mirrors/:branch/verification'>;

/** Adds `gitward verify`. */
export function registerVerify(program: Command, io: ClientIo = processIo): void {
  asClient(
    program
      .command('verify')
      .description(
        'compare a mirror with its source, file by file; exit code 1 if they differ or there is no verdict',
      )
      .argument('<project>')
      .argument('[branch]', "the branch's id, or default", 'default')
      .option('--patience <seconds>', 'how long to wait for the verdict', seconds, 600)
      .option('--last', 'show the last verdict instead of starting a new verification'),
    io,
    async (
      client,
      project: string,
      branch: string,
      options: { patience: number; last?: boolean },
    ) => {
      const mirror = { project, branch };
      const since = options.last === true ? '' : await ask(client, mirror);
      const verification = await verdict(client, mirror, since, options.patience);
      // An earlier verdict says nothing about the verification that was just requested.
      const isOld = verification.checkedAt < since;
      const text = verificationText(verification);
      return {
        json: verification,
        text: isOld
          ? `There was no verdict within ${options.patience} s. The last one:\n\n${text}`
          : text,
        exitCode: verification.outcome === 'identical' && !isOld ? 0 : 1,
      };
    },
  );
}

async function ask(
  client: ApiClient,
  mirror: { project: string; branch: string },
): Promise<string> {
  const route = 'POST /v1/projects/:project/mirrors/:branch/actions/verify';
  return (await client.send(route, mirror)).askedAt;
}

/**
 * The verdict of a verification that began at `since` or later; if there is none by the deadline,
 * the last one.
 */
async function verdict(
  client: ApiClient,
  mirror: { project: string; branch: string },
  since: string,
  patience: number,
): Promise<Verification> {
  const deadline = Date.now() + patience * 1_000;
  for (;;) {
    const late = Date.now() > deadline;
    try {
      const found = await client.send(
        'GET /v1/projects/:project/mirrors/:branch/verification',
        mirror,
      );
      // An unsettled mirror is verified again after a minute.
      if (since === '' || late || (found.checkedAt >= since && found.outcome !== 'unsettled'))
        return found;
    } catch (error) {
      if (late || since === '' || !isNeverVerified(error)) throw error;
    }
    await sleep(500);
  }
}

function isNeverVerified(error: unknown): boolean {
  return error instanceof ApiRefused && error.code === 'never_verified';
}

const words = {
  identical: 'Git equals the source.',
  different: 'Git differs from the source.',
  unsettled:
    'Changes are still on their way, so the comparison is not conclusive. Try again later.',
  failed: 'There is no verdict: the source or the repository could not be read.',
};

function verificationText(verification: Verification): string {
  const { outcome, failure, checkedAt, commit, files } = verification;
  const { differenceCount, differences } = verification;
  const more = differenceCount - differences.length;
  if (failure !== null)
    return [
      words.failed,
      '',
      facts([
        ['checked', checkedAt],
        [failure.code, failure.message],
      ]),
    ].join('\n');
  return [
    words[outcome],
    '',
    facts([
      ['checked', checkedAt],
      ['commit', commit],
      ['files', files],
      ['differences', differenceCount],
    ]),
    ...(differences.length > 0 ? [''] : []),
    ...differences.map(({ path, kind }) => facts([[kind.padEnd('unexpected'.length), path]])),
    ...(more > 0 ? [`… and ${more} more`] : []),
  ].join('\n');
}

function seconds(text: string): number {
  const number = Number(text);
  if (!Number.isFinite(number) || number <= 0)
    throw new InvalidArgumentError('Give a number of seconds.');
  return number;
}
