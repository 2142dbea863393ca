import { readEntry } from '../../../knowledge/entries/read-entry.ts';
import { promptKind } from '../../../knowledge/prompts/text-hints.ts';
import { variantsOf } from '../../../knowledge/prompts/variants.ts';
import type { AddRoutes } from '../../http/deps.ts';
import { ArmQuery } from '../refs/ref-schema.ts';
import { filledText, variableViews } from './filled-text.ts';
import { joinedPrompt, textSource } from './joined-text.ts';
import { openAt, readFrom } from './open-at.ts';
import { PromptParams, PromptQuery, PromptView, RenderBody, RenderedPromptView, VariablesView } from './prompt-schema.ts'; // prettier-ignore
import { variantSource } from './prompt-text.ts';

const tags = ['prompts'];
const one = '/v1/spaces/:space/prompts/:prompt';

/** Routes that give prompts to programs. */
export const addPromptRoutes: AddRoutes = (api, deps) => {
  api.get(
    one,
    {
      config: { role: 'agent', refuses: [404, 422] },
      schema: {
        tags,
        summary: "Show a prompt's text, or that of a variant",
        description:
          'The text of a variant is the section below the heading with its name, without the heading and without blank lines around it. 404 `variant_not_found` names the variants that there are; 422 `variant_broken` says that the heading is missing, or there twice.',
        params: PromptParams,
        querystring: PromptQuery,
        response: { 200: PromptView },
      },
    },
    async (request) => {
      const { entry, environment, arm } = await openAt(
        deps,
        request,
        request.params.prompt,
        [promptKind],
        request.query.variant,
      );
      const source = textSource(entry);
      const asked = request.query.variant ?? arm?.variant ?? undefined;
      const { body, variant } = variantSource(source, asked);
      return {
        ...readFrom(entry),
        environment,
        arm: arm?.name ?? null,
        title: readEntry(entry.text ?? '', entry.kind).title,
        variant,
        variants: variantsOf(source.fields).map(({ name }) => name),
        body,
      };
    },
  );

  api.get(
    `${one}/variables`,
    {
      config: { role: 'agent', refuses: [404, 422] },
      schema: {
        tags,
        summary: 'List what a prompt, or a variant of it, can be filled with',
        params: PromptParams,
        querystring: PromptQuery,
        response: { 200: VariablesView },
      },
    },
    async (request) => {
      const { prompt } = request.params;
      const { variant } = request.query;
      const { entry, at, find, environment, arm } = await openAt(deps, request, prompt, [promptKind], variant); // prettier-ignore
      const source = variantSource(textSource(entry), variant ?? arm?.variant ?? undefined);
      const { text, blocks, includes } = await joinedPrompt(source, at, find);
      const variables = variableViews(text, [source, ...blocks, ...includes]);
      return { ...readFrom(entry), environment, variables };
    },
  );

  api.post(
    `${one}/render`,
    {
      config: { role: 'agent', refuses: [404, 422] },
      schema: {
        tags,
        summary: 'Render a prompt: its text, its blocks and its variables',
        description:
          'The prompt or its variant, with all includes resolved, then its active blocks in `sortOrder`, then the values filled in. Changes nothing. 422: `includes_broken`, `blocks_missing`, `values_refused` (with every missing, unknown and wrong value in `errors`), `template_broken`, `text_too_large`.',
        params: PromptParams,
        querystring: ArmQuery,
        body: RenderBody,
        response: { 200: RenderedPromptView },
      },
    },
    async (request) => {
      const opened = await openAt(deps, request, request.params.prompt, [promptKind], request.body.variant); // prettier-ignore
      const { entry, at, find, environment, arm } = opened;
      const asked = request.body.variant ?? arm?.variant ?? undefined;
      const source = variantSource(textSource(entry), asked);
      const { text, blocks, includes } = await joinedPrompt(source, at, find);
      const { values } = request.body;
      return {
        ...readFrom(entry),
        environment,
        arm: arm?.name ?? null,
        variant: source.variant,
        body: filledText(text, [source, ...blocks, ...includes], values),
        blocks: blocks.map((block) => readFrom(block.entry)),
        includes: includes.map((included) => readFrom(included.entry)),
      };
    },
  );
};
