import type { Command } from 'commander';
import { asClient, type ClientIo } from '../../client/client-command.ts';
import { manyLines } from '../../client/layout.ts';

/** Adds `gitward knowledge render`. */
export function addKnowledgeRender(knowledge: Command, io: ClientIo): void {
  asClient(
    knowledge
      .command('render')
      .description('print the text of an entry with the texts of the entries that it includes')
      .argument('<space>')
      .argument('<entry>', "the entry's id"),
    io,
    async (client, space: string, entry: string) => {
      const route = 'GET /v1/spaces/:space/entries/:entry/rendered';
      const rendered = await client.send(route, { space, entry });
      return { json: rendered, text: manyLines(rendered.body) };
    },
  );
}
