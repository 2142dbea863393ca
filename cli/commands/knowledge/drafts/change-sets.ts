import type { Command } from 'commander';
import { asClient, type ClientIo } from '../../../client/client-command.ts';
import { changeSetsTable, published } from './draft-text.ts';

/** Adds `gitward knowledge change-sets …`. */
export function addKnowledgeChangeSets(knowledge: Command, io: ClientIo): void {
  const changeSets = knowledge
    .command('change-sets')
    .description('drafts of several entries that are published together, as one commit');

  asClient(
    changeSets
      .command('list', { isDefault: true })
      .description('list your change sets')
      .argument('<space>'),
    io,
    async (client, space: string) => {
      const items = await client.list('GET /v1/spaces/:space/change-sets', { space });
      return { json: items, text: changeSetsTable(items) };
    },
  );

  asClient(
    changeSets
      .command('create')
      .description('begin a change of several entries')
      .argument('<space>')
      .argument('<title>', "the commit's subject")
      .option('--description <text>', 'what its message says below that'),
    io,
    async (client, space: string, title: string, { description }: { description?: string }) => {
      const body = { title, description };
      const made = await client.send('POST /v1/spaces/:space/change-sets', { space, body });
      const how = `gitward knowledge edit ${space} ENTRY --change-set ${made.id}`;
      return {
        json: made,
        text: `Begun ${made.id}. Write its drafts with add, edit or remove:\n${how}`,
      };
    },
  );

  asClient(
    ofChangeSet(
      changeSets.command('publish').description('save all its drafts as one commit'),
    ).option('--wait', 'wait until it is on the remote'),
    io,
    async (client, space: string, changeSet: string, { wait }: { wait?: boolean }) =>
      published(
        space,
        await client.send('POST /v1/spaces/:space/change-sets/:changeSet/actions/publish', {
          ...{ space, changeSet },
          query: { wait: wait === true ? 'commit' : undefined },
        }),
      ),
  );

  asClient(
    ofChangeSet(
      changeSets.command('remove').description('remove a change set; its drafts are kept'),
    ),
    io,
    async (client, space: string, changeSet: string) => {
      await client.send('DELETE /v1/spaces/:space/change-sets/:changeSet', { space, changeSet });
      return { json: { removed: changeSet }, text: `Removed ${changeSet}. Its drafts are kept.` };
    },
  );
}

function ofChangeSet(command: Command): Command {
  return command.argument('<space>').argument('<changeSet>', 'its id');
}
