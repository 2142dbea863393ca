import { Option, type Command } from 'commander';
import type { Answer } from '../../client/answers.ts';
import type { ApiClient } from '../../client/api-client.ts';
import { UsageError, asClient, type ClientIo } from '../../client/client-command.ts';
import { oneLine } from '../../client/layout.ts';
import { conflictText, conflictsTable } from './conflict-text.ts';

interface ConflictOptions {
  take?: 'git' | 'mine';
  all?: boolean;
}

/** Adds `gitward knowledge conflicts`. */
export function addKnowledgeConflicts(knowledge: Command, io: ClientIo): void {
  asClient(
    knowledge
      .command('conflicts')
      .description('list, show and settle conflicts between saves and Git')
      .argument('<space>')
      .argument('[conflict]', "the conflict's id")
      .addOption(
        new Option('--take <side>', "settle it with Git's version, or with the saved one").choices([
          'git',
          'mine',
        ]),
      )
      .option('--all', 'settle all open conflicts this way'),
    io,
    async (client, space: string, conflict: string | undefined, options: ConflictOptions) => {
      const { take, all = false } = options;
      if (conflict !== undefined && all) throw new UsageError('Give either a conflict or --all.');
      if (all && take === undefined) throw new UsageError('Say with --take which side to take.');
      if (conflict === undefined && !all) {
        if (take !== undefined)
          throw new UsageError('Say which conflict to settle, or give --all.');
        const items = await client.list('GET /v1/spaces/:space/conflicts', { space });
        return { json: items, text: conflictsTable(items) };
      }
      if (conflict !== undefined) {
        const one = { space, conflict };
        const item = await (take === undefined
          ? client.send('GET /v1/spaces/:space/conflicts/:conflict', one)
          : client.send('POST /v1/spaces/:space/conflicts/:conflict/actions/settle', {
              ...one,
              body: { take },
            }));
        return {
          json: item,
          text: take === undefined ? conflictText(item) : `Settled ${conflict}.`,
        };
      }
      const results = await settleAll(client, space, take);
      return {
        json: { results },
        text: settledText(results),
        exitCode: results.some(({ outcome }) => outcome === 'refused') ? 1 : 0,
      };
    },
  );
}

type Settled = Answer<'POST /v1/spaces/:space/conflicts/actions/settle'>['results'][number];

/** The most conflicts that the API settles in one request. */
const atOnce = 200;

async function settleAll(
  client: ApiClient,
  space: string,
  take: ConflictOptions['take'],
): Promise<Settled[]> {
  const ids = (await client.list('GET /v1/spaces/:space/conflicts', { space })).map(({ id }) => id);
  const results: Settled[] = [];
  for (let start = 0; start < ids.length; start += atOnce) {
    const answer = await client.send('POST /v1/spaces/:space/conflicts/actions/settle', {
      space,
      body: { ids: ids.slice(start, start + atOnce), take },
    });
    results.push(...answer.results);
  }
  return results;
}

function settledText(results: readonly Settled[]): string {
  if (results.length === 0) return 'No open conflicts.';
  return results
    .map(({ id, outcome, detail }) =>
      outcome === 'settled' ? `Settled ${id}.` : oneLine(`${id}: ${detail ?? outcome}`),
    )
    .join('\n');
}
