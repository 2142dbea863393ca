import type { Command } from 'commander';
import type { ClientIo } from '../../client/client-command.ts';
import { asLocal } from '../../client/local-command.ts';
import type { CheckOptions } from './run-check.ts';

/** Adds `gitward knowledge check`. */
export function addKnowledgeCheck(knowledge: Command, io: ClientIo): void {
  asLocal(
    knowledge
      .command('check')
      .description("check the files of a working copy, for example in the repository's CI")
      .argument('[dir]', 'the working copy', '.')
      .option(
        '--root <folder>',
        "the space's root folder in it (. for the whole working copy)",
        'knowledge',
      )
      .option(
        '--roundtrip',
        'try out edits of every Markdown file in memory, whether it is an entry or not',
      ),
    io,
    async (dir: string, options: CheckOptions) => {
      // Reading entries takes parsers, and most commands are only clients.
      const { runCheck } = await import('./run-check.ts');
      return runCheck(dir, options, io);
    },
  );
}
