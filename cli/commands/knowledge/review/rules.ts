import { readFile } from 'node:fs/promises';
import type { Command } from 'commander';
import { asClient, UsageError, type ClientIo } from '../../../client/client-command.ts';
import type { ReviewRule } from '../../../../model/knowledge/review-rules.ts';
import { reviewRulesText } from './rules-text.ts';

/** Adds `gitward knowledge rules`. */
export function addKnowledgeRules(knowledge: Command, io: ClientIo): void {
  asClient(
    knowledge
      .command('rules')
      .description('show who must approve which changes, and what waits until an admin accepts it')
      .argument('<space>'),
    io,
    async (client, space: string) => {
      const rules = await client.send('GET /v1/spaces/:space/review-rules', { space });
      return { json: rules, text: reviewRulesText(space, rules) };
    },
  );
}

/** The rules of a local file like `.gitward/rules.yml`. Throws {@link UsageError} with the lines of what is wrong. */
export async function rulesOfFile(path: string): Promise<ReviewRule[]> {
  const content = await readFile(path).catch((cause: unknown) => {
    throw new UsageError(`${path} cannot be read: ${(cause as Error).message}`, { cause });
  });
  // Reading YAML takes a parser, and most commands are only clients.
  const { readRules } = await import('../../../../knowledge/review/read-rules.ts');
  const read = readRules(content, path);
  if ('rules' in read) return read.rules;
  const lines = read.problems.map(({ line, message }) => `${path}:${line}: ${message}`);
  throw new UsageError(lines.join('\n'));
}
