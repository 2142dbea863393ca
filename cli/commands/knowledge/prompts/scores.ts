import type { Command } from 'commander';
import type { Answer } from '../../../client/answers.ts';
import { asClient, UsageError, type ClientIo } from '../../../client/client-command.ts';
import { table } from '../../../client/layout.ts';

interface ScoreOptions {
  value?: string;
  label?: string;
  name?: string;
  comment?: string;
  env?: string;
  arm?: string;
  blob?: string;
  commit?: string;
  key?: string;
  by?: string;
  id?: string;
}

type Summary = Answer<'GET /v1/spaces/:space/prompts/:prompt/scores'>['items'][number];

/** Adds `gitward knowledge prompts score` and `scores`. */
export function addScores(prompts: Command, io: ClientIo): void {
  asClient(
    ofPrompt(prompts.command('score').description('say how well a version of a prompt did'))
      .option('--value <number>', 'how well, such as 0.8')
      .option('--label <text>', 'or a word for it, such as good')
      .option('--name <text>', 'what was judged (default: helpful)')
      .option('--comment <text>', 'why')
      .option('--env <name>', 'the environment that was read; its version now is judged')
      .option('--arm <name>', 'the arm of an experiment that was read')
      .option('--blob <id>', 'the version that was judged, by its blob')
      .option('--commit <sha>', 'the version that was judged, by a commit')
      .option('--key <key>', 'for whom it was read')
      .option('--by <text>', 'who judged (default: whose token it is)')
      .option('--id <id>', 'your id of this score: giving it again does nothing'),
    io,
    async (client, space: string, prompt: string, { value, ...options }: ScoreOptions) => {
      const body = { ...options, value: value === undefined ? undefined : numberIn(value) };
      const route = 'POST /v1/spaces/:space/prompts/:prompt/scores';
      const scored = await client.send(route, { space, prompt, body });
      const given = scored.label ?? String(scored.value);
      return { json: scored, text: `${scored.name} of ${scored.blob.slice(0, 12)}: ${given}` };
    },
  );
  asClient(
    ofPrompt(
      prompts
        .command('scores')
        .description('compare the scores of the versions and arms of a prompt, newest first'),
    ),
    io,
    async (client, space: string, prompt: string) => {
      const route = 'GET /v1/spaces/:space/prompts/:prompt/scores';
      const { items } = await client.send(route, { space, prompt });
      const columns = ['version', 'read in', 'judged', 'count', 'mean', 'least', 'greatest', 'labels']; // prettier-ignore
      return { json: items, text: table(columns, items.map(summaryRow), 'There are none yet.') };
    },
  );
}

function ofPrompt(command: Command): Command {
  return command.argument('<space>').argument('<prompt>', "the prompt's id");
}

function numberIn(text: string): number {
  const value = Number(text);
  if (text.trim() === '' || !Number.isFinite(value)) throw new UsageError(`"${text}" is no number.`); // prettier-ignore
  return value;
}

function summaryRow(one: Summary): string[] {
  const number = (value: number | null) => (value === null ? '' : String(Number(value.toFixed(3))));
  return [
    (one.commit ?? one.blob).slice(0, 12),
    [one.environment, one.arm].filter((part) => part !== null).join(' / '),
    one.name,
    String(one.count),
    ...[one.mean, one.min, one.max].map(number),
    Object.entries(one.labels)
      .map(([label, count]) => `${label}: ${count}`)
      .join(', '),
  ];
}
