import { setTimeout as sleep } from 'node:timers/promises';
import type { Command } from 'commander';
import type { Answer } from '../../../client/answers.ts';
import type { ApiClient } from '../../../client/api-client.ts';
import { asClient, UsageError, type ClientIo, type Said } from '../../../client/client-command.ts';
import { facts, oneLine, table } from '../../../client/layout.ts';

type Check = Answer<'POST /v1/spaces/:space/prompts/:prompt/checks'>;
type CheckWithResults = Answer<'GET /v1/spaces/:space/prompts/:prompt/checks/:check'>;

const route = '/v1/spaces/:space/prompts/:prompt/checks';
const pollInterval = 500;

interface CheckOptions {
  env?: string;
  at?: string;
  from?: string;
  entry?: string;
  variant?: string;
  wait?: boolean;
}

/** Adds `gitward knowledge prompts check`, `checks` and `judge`. */
export function addPromptChecks(prompts: Command, io: ClientIo): void {
  asClient(
    ofPrompt(
      prompts
        .command('check')
        .description("run a prompt's examples against the model of the space"),
    )
      .option('--env <name>', 'as this environment has it')
      .option('--from <environment|commit>', 'as --env would have it after a promotion from here')
      .option('--entry <id>', 'with --from: after a promotion of only this entry')
      .option('--at <when>', 'as of a commit, a date, or 1w, 1m, 6m')
      .option('--variant <name>', 'only the examples of this variant')
      .option('--wait', 'wait until all examples were run, and print what came of them'),
    io,
    async (client, space: string, prompt: string, options: CheckOptions) => {
      const body = bodyOf(options);
      const begun = await client.send(`POST ${route}`, { space, prompt, body });
      if (options.wait !== true)
        return { json: begun, text: `Run ${begun.id} has begun. See it: gitward knowledge prompts checks ${space} ${prompt} ${begun.id}` }; // prettier-ignore
      return finished(await untilEnded(client, { space, prompt, check: begun.id }));
    },
  );
  asClient(
    ofPrompt(
      prompts
        .command('checks')
        .description("runs of a prompt's examples, or one of them with its answers"),
    ).argument('[run]', 'the id of a run'),
    io,
    async (client, space: string, prompt: string, check: string | undefined) => {
      if (check !== undefined) {
        const shown = await client.send(`GET ${route}/:check`, { space, prompt, check });
        return { json: shown, text: checkText(shown) };
      }
      const items = await client.list(`GET ${route}`, { space, prompt });
      return { json: items, text: checksTable(items) };
    },
  );
  asClient(
    ofPrompt(
      prompts
        .command('judge')
        .description('say whether an answer is as its example expects; only people can'),
    )
      .argument('<run>', 'the id of the run')
      .argument('<example>', 'the number of the example in it')
      .argument('<verdict>', '"passed" or "failed"')
      .option('-m, --message <text>', 'why'),
    io,
    async (
      client,
      space: string,
      prompt: string,
      check: string,
      example: string,
      verdict: string,
      { message: note }: { message?: string },
    ) => {
      if (verdict !== 'passed' && verdict !== 'failed') throw new UsageError(`"${verdict}" is neither passed nor failed.`); // prettier-ignore
      const body = { example: Number(example), passed: verdict === 'passed', note };
      const asked = { space, prompt, check, body };
      const judged = await client.send(`POST ${route}/:check/actions/judge`, asked);
      return { json: judged, text: checkText(judged) };
    },
  );
}

function ofPrompt(command: Command): Command {
  return command.argument('<space>').argument('<prompt>', "the prompt's id");
}

function bodyOf({ env, at, from, entry, variant }: CheckOptions): object {
  if ((from !== undefined || entry !== undefined) && env === undefined)
    throw new UsageError('--from and --entry are about a promotion: say with --env into which environment.'); // prettier-ignore
  const isPromotion = from !== undefined || entry !== undefined;
  return { env, at, variant, ...(isPromotion ? { promote: { from, entry } } : {}) };
}

async function untilEnded(
  client: ApiClient,
  asked: { space: string; prompt: string; check: string },
): Promise<CheckWithResults> {
  for (;;) {
    const shown = await client.send(`GET ${route}/:check`, asked);
    if (shown.state !== 'waiting' && shown.state !== 'running') return shown;
    await sleep(pollInterval);
  }
}

function finished(check: CheckWithResults): Said {
  return { json: check, text: checkText(check), exitCode: check.passed ? 0 : 1 };
}

function countsText({ examples }: Pick<Check, 'examples'>): string {
  return Object.entries(examples)
    .map(([verdict, count]) => `${verdict.replace('_', ' ')} ${count}`)
    .join(', ');
}

function checksTable(items: readonly Check[]): string {
  return table(
    ['run', 'when', 'by', 'state', 'examples', 'version'],
    items.map((check) => [
      ...[check.id, check.at, check.by, check.state, countsText(check)],
      check.variant === null
        ? check.blob.slice(0, 12)
        : `${check.blob.slice(0, 12)} ${check.variant}`,
    ]),
    'Its examples were not run.',
  );
}

function checkText(check: CheckWithResults): string {
  return [
    facts([
      ['run', check.id],
      ['state', check.state],
      ['passed', check.passed ? 'yes' : 'no'],
      ['environment', check.environment],
      ['blob', check.blob],
      ['commit', check.commit],
      ['model', `${check.model} at ${check.origin}`],
    ]),
    '',
    table(
      ['', 'example', 'verdict', 'why', 'answer'],
      check.results.map(({ example, name, variant, verdict, reason, answer, judged }) => [
        ...[
          String(example),
          variant === null ? name : `${name} (${variant})`,
          verdict ?? 'waiting',
        ],
        oneLine(judged === null ? (reason ?? '') : `${judged.by}: ${judged.note}`) || '-',
        oneLine(answer ?? '').slice(0, 200) || '-',
      ]),
      '',
    ),
  ].join('\n');
}
