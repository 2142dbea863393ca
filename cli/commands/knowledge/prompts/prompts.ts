import type { Command } from 'commander';
import { asClient, type ClientIo } from '../../../client/client-command.ts';
import { manyLines } from '../../../client/layout.ts';
import { valuesFrom, withValues, type ValueOptions } from './given-values.ts';
import { addPromptChecks } from './checks.ts';
import { addScores } from './scores.ts';
import { queryOf, readAt, withKey, type ReadOptions } from './read-options.ts';

/** Adds `gitward knowledge prompts`. */
export function addKnowledgePrompts(knowledge: Command, io: ClientIo): void {
  const prompts = knowledge
    .command('prompts')
    .description('texts of prompts, as programs get them');
  asClient(
    withKey(readAt(ofPrompt(prompts.command('show').description("print a prompt's text")))),
    io,
    async (client, space: string, prompt: string, options: ReadOptions & { variant?: string }) => {
      const { variant } = options;
      const asked = { space, prompt, query: { ...queryOf(options), variant } };
      const shown = await client.send('GET /v1/spaces/:space/prompts/:prompt', asked);
      return { json: shown, text: manyLines(shown.body) };
    },
  );
  asClient(
    withValues(
      withKey(
        readAt(
          ofPrompt(
            prompts
              .command('render')
              .description('print a prompt with its blocks and includes, and values filled in'),
          ),
        ),
      ),
    ),
    io,
    async (
      client,
      space: string,
      prompt: string,
      options: ReadOptions & ValueOptions & { variant?: string },
    ) => {
      const values = await valuesFrom(client, { space, entry: prompt }, options, io);
      const rendered = await client.send('POST /v1/spaces/:space/prompts/:prompt/render', {
        ...{ space, prompt },
        query: queryOf(options),
        body: { variant: options.variant, values },
      });
      return { json: rendered, text: manyLines(rendered.body) };
    },
  );
  addScores(prompts, io);
  addPromptChecks(prompts, io);
}

function ofPrompt(command: Command): Command {
  return command
    .argument('<space>')
    .argument('<prompt>', "the prompt's id")
    .option('--variant <name>', 'only this variant');
}

/** Adds `gitward knowledge templates`. */
export function addKnowledgeTemplates(knowledge: Command, io: ClientIo): void {
  const templates = knowledge.command('templates').description('templates, filled with values');
  asClient(
    withValues(
      readAt(
        templates
          .command('fill')
          .description('print a template with values filled in; nothing is saved')
          .argument('<space>')
          .argument('<template>', "the template's id"),
      ),
    ),
    io,
    async (client, space: string, template: string, options: ReadOptions & ValueOptions) => {
      const values = await valuesFrom(client, { space, entry: template }, options, io);
      const filled = await client.send('POST /v1/spaces/:space/templates/:template/fill', {
        ...{ space, template },
        query: queryOf(options),
        body: { values },
      });
      return { json: filled, text: manyLines(filled.body) };
    },
  );
}
