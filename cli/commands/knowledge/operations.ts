import { setTimeout as sleep } from 'node:timers/promises';
import type { Command } from 'commander';
import type { Answer } from '../../client/answers.ts';
import type { ApiClient } from '../../client/api-client.ts';
import { asClient, type ClientIo, type Said } from '../../client/client-command.ts';
import { oneLine, table } from '../../client/layout.ts';

type Operation = Answer<'GET /v1/spaces/:space/operations/:operation'>;

const pollInterval = 500;

/** Adds `gitward knowledge export` and `sync`. */
export function addKnowledgeOperations(knowledge: Command, io: ClientIo): void {
  const operations = [
    ['export', 'make sure that everything in the space is in Git'],
    ['sync', 'read every file of the branch again'],
  ] as const;
  for (const [verb, description] of operations)
    asClient(
      knowledge
        .command(verb)
        .description(description)
        .argument('<space>')
        .option('--dry-run', 'only report what it would do'),
      io,
      async (client, space: string, { dryRun = false }: { dryRun?: boolean }) =>
        runOperation(client, io, space, verb, { dryRun }),
    );
}

/**
 * Starts a bulk operation and follows it to its end, printing its progress to standard error. The
 * output is its result, with the items that someone has to look at; the exit code is 1 if there are
 * any, or if the operation did not complete.
 */
export async function runOperation(
  client: ApiClient,
  io: Pick<ClientIo, 'error'>,
  space: string,
  verb: 'export' | 'sync' | 'import',
  body: object,
): Promise<Said> {
  let operation: Operation = await client.send(`POST /v1/spaces/:space/actions/${verb}`, {
    space,
    body,
  });
  const { id } = operation;
  io.error(`Operation ${id}: it continues even if you stop this command.\n`);
  let shown = '';
  while (operation.state === 'waiting' || operation.state === 'running') {
    const line = progressLine(operation);
    if (line !== shown) io.error(`${line}\n`);
    shown = line;
    await sleep(pollInterval);
    operation = await client.send('GET /v1/spaces/:space/operations/:operation', {
      space,
      operation: id,
    });
  }
  return { json: operation, text: outcomeText(operation), exitCode: isFine(operation) ? 0 : 1 };
}

function isFine({ state, counts }: Operation): boolean {
  return state === 'done' && (counts.failed ?? 0) + (counts.conflict ?? 0) === 0;
}

function progressLine({ percent, counts, current }: Operation): string {
  const parts = [`${String(percent).padStart(3)} %`, countsText(counts), current ?? ''];
  return oneLine(parts.filter((part) => part !== '').join('  '));
}

function countsText(counts: Record<string, number>): string {
  return Object.entries(counts)
    .map(([outcome, count]) => `${outcome.replace('_', ' ')} ${count}`)
    .join(', ');
}

const words = { done: 'Done', failed: 'It failed', cancelled: 'It was cancelled' };

function outcomeText(operation: Operation): string {
  const { state, dryRun, counts, failure, errors } = operation;
  const done = state === 'waiting' || state === 'running' ? state : words[state];
  const what = countsText(counts) || 'nothing to do';
  const troubled = ['failed', 'conflict', 'invalid'].reduce(
    (sum, outcome) => sum + (counts[outcome] ?? 0),
    0,
  );
  const more = troubled - errors.length;
  return [
    `${done}${dryRun ? ' (a dry run: nothing was changed)' : ''}: ${what}.`,
    ...(failure === null ? [] : [oneLine(`${failure.message} (${failure.code})`)]),
    ...(errors.length === 0 ? [] : ['', errorsTable(errors)]),
    ...(more > 0 ? [`… and ${more} more`] : []),
  ].join('\n');
}

function errorsTable(errors: Operation['errors']): string {
  return table(
    ['item', 'outcome', 'what is wrong'],
    errors.map(({ name, outcome, message }) => [name, outcome ?? '-', message ?? '-']),
    '',
  );
}
