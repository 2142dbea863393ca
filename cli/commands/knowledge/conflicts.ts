import { Option, type Command } from 'commander';
import type { ConflictPart } from '../../../model/knowledge/entry.ts';
import type { Answer } from '../../client/answers.ts';
import type { ApiClient } from '../../client/api-client.ts';
import { UsageError, asClient, type ClientIo, type Said } from '../../client/client-command.ts';
import { oneLine } from '../../client/layout.ts';
import { collect } from '../../client/repeated-option.ts';
import { readTextOrInput } from '../../client/read-text.ts';
import { conflictText, conflictsTable } from './conflict-text.ts';
import { choicesFrom, choosesParts, type SettleOptions } from './settlement.ts';

interface ConflictOptions extends SettleOptions {
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
        new Option(
          '--take <side>',
          "settle it with Git's version, or with the saved one; with choices for parts, this is for the other parts",
        ).choices(['git', 'mine']),
      )
      .option('--part <part=side>', 'take this side for one part; can be repeated', collect, [])
      .option('--value <part=value>', 'give one part a new value; can be repeated', collect, [])
      .option(
        '--value-file <part=path>',
        'the same, with the text of a file (-: standard input)',
        collect,
        [],
      )
      .option(
        '--file <path>',
        'settle it with the whole text of a file, front matter included (-: standard input)',
      )
      .option('--all', 'settle all open conflicts this way'),
    io,
    async (client, space: string, conflict: string | undefined, options: ConflictOptions) => {
      const { take, all = false } = options;
      if (conflict !== undefined && all) throw new UsageError('Give either a conflict or --all.');
      if (all && take === undefined) throw new UsageError('Say with --take which side to take.');
      const isOfOne = choosesParts(options) || options.file !== undefined;
      if (conflict !== undefined) {
        const one = { space, conflict };
        return take === undefined && !isOfOne
          ? shown(client, one)
          : settled(client, one, await settlementFrom(client, one, options, io));
      }
      if (isOfOne) throw new UsageError('Say which conflict to settle.');
      if (!all) {
        if (take !== undefined)
          throw new UsageError('Say which conflict to settle, or give --all.');
        const items = await client.list('GET /v1/spaces/:space/conflicts', { space });
        return { json: items, text: conflictsTable(items) };
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

interface One {
  space: string;
  conflict: string;
}

async function shown(client: ApiClient, one: One): Promise<Said> {
  const item = await client.send('GET /v1/spaces/:space/conflicts/:conflict', one);
  return { json: item, text: conflictText(item) };
}

async function settled(client: ApiClient, one: One, body: object): Promise<Said> {
  const route = 'POST /v1/spaces/:space/conflicts/:conflict/actions/settle';
  const item = await client.send(route, { ...one, body });
  return { json: item, text: `Settled ${one.conflict}.` };
}

/** The settlement as the API takes it. Choices for parts are for the parts as they are now. */
async function settlementFrom(
  client: ApiClient,
  one: One,
  options: ConflictOptions,
  io: ClientIo,
): Promise<object> {
  const { take, file } = options;
  if (file !== undefined) {
    if (take !== undefined || choosesParts(options))
      throw new UsageError('--file is the whole text: leave out --take and choices for parts.');
    return { text: await readTextOrInput(file, io) };
  }
  if (!choosesParts(options)) return { take };
  const { parts, blob } = await client.send('GET /v1/spaces/:space/conflicts/:conflict', one);
  return { parts: await choicesFrom(options, parts as ConflictPart[], io), blob };
}

type Settled = Answer<'POST /v1/spaces/:space/conflicts/actions/settle'>['results'][number];

/** The most conflicts that the API settles in one request. */
const atOnce = 200;

async function settleAll(
  client: ApiClient,
  space: string,
  take: SettleOptions['take'],
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
