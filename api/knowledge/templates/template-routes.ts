import { templateKinds } from '../../../knowledge/prompts/text-hints.ts';
import { slideOutline } from '../../../knowledge/templates/slide-outline.ts';
import type { EntryFields, JsonValue } from '../../../model/knowledge/entry.ts';
import type { AddRoutes } from '../../http/deps.ts';
import { filledText, variableViews } from '../prompts/filled-text.ts';
import { renderedText, textSource } from '../prompts/joined-text.ts';
import { openAt, readFrom } from '../prompts/open-at.ts';
import { ReadQuery } from '../refs/ref-schema.ts';
import { VariablesView } from '../prompts/prompt-schema.ts';
import { FillBody, FilledView, TemplateParams } from './template-schema.ts';

const tags = ['templates'];
const one = '/v1/spaces/:space/templates/:template';

/** The routes that fill templates, and say with what. */
export const addTemplateRoutes: AddRoutes = (api, deps) => {
  api.get(
    `${one}/variables`,
    {
      config: { role: 'agent', refuses: [404, 422] },
      schema: {
        tags,
        summary: 'List what a template can be filled with',
        params: TemplateParams,
        querystring: ReadQuery,
        response: { 200: VariablesView },
      },
    },
    async (request) => {
      const { template } = request.params;
      const { entry, find, environment } = await openAt(deps, request, template, templateKinds);
      const source = textSource(entry);
      const { text, includes } = await renderedText(source, find);
      const variables = variableViews(text, [source, ...includes]);
      return { ...readFrom(entry), environment, variables };
    },
  );

  api.post(
    `${one}/fill`,
    {
      config: { role: 'agent', refuses: [404, 422] },
      schema: {
        tags,
        summary: 'Fill a template with values',
        description:
          'With all includes resolved. Changes nothing. 422: `values_refused` (with every missing, unknown and wrong value in `errors`), `template_broken`, `includes_broken`, `text_too_large`.',
        params: TemplateParams,
        querystring: ReadQuery,
        body: FillBody,
        response: { 200: FilledView },
      },
    },
    async (request) => {
      const { entry, find, environment } = await openAt(
        deps,
        request,
        request.params.template,
        templateKinds,
      );
      const source = textSource(entry);
      const { text, includes } = await renderedText(source, find);
      const body = filledText(text, [source, ...includes], request.body.values);
      return {
        ...readFrom(entry),
        environment,
        body,
        includes: includes.map((included) => readFrom(included.entry)),
        outline: isDeck(entry.kind.name, source.fields) ? outlineOf(source.fields, body) : null,
      };
    },
  );
};

/** A template of slides is a deck unless it says otherwise. */
function isDeck(kind: string, { type = null }: EntryFields): boolean {
  return type === null ? kind === 'slide-template' : type === 'slide_deck';
}

function outlineOf({ presentationId, slideIds }: EntryFields, body: string) {
  const ids = Array.isArray(slideIds) ? slideIds.flatMap((id) => idOf(id) ?? []) : [];
  return { presentationId: idOf(presentationId), slideIds: ids, slides: slideOutline(body) };
}

function idOf(value: JsonValue | undefined): string | null {
  return typeof value === 'string' || typeof value === 'number' ? String(value) : null;
}
