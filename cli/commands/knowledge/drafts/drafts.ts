import type { Command } from 'commander';
import { ApiRefused } from '../../../client/api-client.ts';
import { asClient, type ClientIo, type Said } from '../../../client/client-command.ts';
import { limited } from '../../../client/number-option.ts';
import { sidesText, type StaleSides } from '../entry-text.ts';
import { draftText, draftsTable, published } from './draft-text.ts';
import { draftNamed } from './find-draft.ts';

/** Adds `gitward knowledge drafts …`. */
export function addKnowledgeDrafts(knowledge: Command, io: ClientIo): void {
  const drafts = knowledge
    .command('drafts')
    .description('what you write before it is published; nobody else sees it');

  asClient(
    limited(
      drafts
        .command('list', { isDefault: true })
        .description('list your drafts; write them with add, edit or remove and --draft')
        .argument('<space>')
        .option('--change-set <id>', 'only those of this change set'),
      1_000,
    ),
    io,
    async (client, space: string, { changeSet, limit }: { changeSet?: string; limit: number }) => {
      const asked = { space, query: { changeSet } };
      const items = await client.list('GET /v1/spaces/:space/drafts', asked, limit);
      return { json: items, text: draftsTable(items) };
    },
  );

  asClient(
    ofDraft(drafts.command('show').description('show a draft, and what is wrong with it')),
    io,
    async (client, space: string, named: string) => {
      const { id: draft } = await draftNamed(client, space, named);
      const shown = await client.send('GET /v1/spaces/:space/drafts/:draft', { space, draft });
      return { json: shown, text: draftText(shown) };
    },
  );

  asClient(
    ofDraft(drafts.command('publish').description('save a draft'))
      .option('-m, --message <text>', 'the commit message')
      .option('--wait', 'wait until it is on the remote'),
    io,
    async (
      client,
      space: string,
      named: string,
      { message, wait }: { message?: string; wait?: boolean },
    ) => {
      const { id: draft, entry } = await draftNamed(client, space, named);
      return unlessStale(space, entry, async () =>
        published(
          space,
          await client.send('POST /v1/spaces/:space/drafts/:draft/actions/publish', {
            ...{ space, draft, body: { message } },
            query: { wait: wait === true ? 'commit' : undefined },
          }),
        ),
      );
    },
  );

  asClient(
    ofDraft(drafts.command('discard').description('throw a draft away')),
    io,
    async (client, space: string, named: string) => {
      const { id: draft, entry } = await draftNamed(client, space, named);
      await client.send('DELETE /v1/spaces/:space/drafts/:draft', { space, draft });
      return { json: { discarded: draft }, text: `Discarded the draft of ${entry}.` };
    },
  );
}

function ofDraft(command: Command): Command {
  return command.argument('<space>').argument('<draft>', 'its id, or that of its entry');
}

/** If the entry has changed since the draft was begun, shows both sides and says what to do. */
async function unlessStale(
  space: string,
  entry: string,
  publish: () => Promise<Said>,
): Promise<Said> {
  try {
    return await publish();
  } catch (error) {
    if (!(error instanceof ApiRefused) || error.code !== 'base_stale') throw error;
    const sides = error.problem as StaleSides;
    const again = `gitward knowledge edit ${space} ${entry} --draft --base ${sides.blob ?? ''} --file FILE`;
    const advice =
      sides.blob === null
        ? 'The entry is gone: discard the draft.'
        : `Compare the two, write what both are to be into a file, and publish the draft again after\n${again}`;
    return {
      json: error.problem,
      text: `${error.message}\n\n${sidesText(sides)}\n\nNothing was published. ${advice}`,
      exitCode: 1,
    };
  }
}
