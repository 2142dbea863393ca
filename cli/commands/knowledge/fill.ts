import type { Command } from 'commander';
import type { ClientIo } from '../../client/client-command.ts';
import { asLocal } from '../../client/local-command.ts';
import type { FillOptions } from './run-fill.ts';

/** Adds `gitward knowledge fill`. */
export function addKnowledgeFill(knowledge: Command, io: ClientIo): void {
  asLocal(
    knowledge
      .command('fill')
      .description('add missing fields to the files of a working copy: id, title or name, active')
      .argument('[dir]', 'the working copy', '.')
      .option(
        '--root <folder>',
        "the space's root folder in it (. for the whole working copy)",
        'knowledge',
      )
      .option('--dry-run', 'only report what it would add'),
    io,
    async (dir: string, options: FillOptions) => {
      // Reading entries takes parsers, and most commands are only clients.
      const { runFill } = await import('./run-fill.ts');
      return runFill(dir, options);
    },
  );
}
