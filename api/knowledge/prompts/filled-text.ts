import type { Static } from '@fastify/type-provider-typebox';
import { askedVariables } from '../../../knowledge/templates/asked-variables.ts';
import { fillText } from '../../../knowledge/templates/fill-text.ts';
import type { TemplateFault } from '../../../knowledge/templates/parse-template.ts';
import { declaredVariables, type Variable } from '../../../knowledge/templates/variables.ts';
import type { JsonValue } from '../../../model/knowledge/entry.ts';
import { ApiProblem } from '../../http/problem.ts';
import type { TextSource } from './joined-text.ts';
import type { VariablesView } from './prompt-schema.ts';

/** What a text can be filled with, as the API shows it. Throws 422 `template_broken`. */
export function variableViews(
  text: string,
  sources: [TextSource, ...TextSource[]],
): Static<typeof VariablesView>['variables'] {
  const { variables, faults } = askedVariables(text, variablesOf(sources));
  if (faults.length > 0) throw templateBroken(sources[0], faults);
  return variables.map((variable) => ({ ...variable, default: variable.default ?? null }));
}

/** So many faults are also in the message, which is for people. */
const shown = 10;

/**
 * A text filled with values. Its variables are those that its entry and the entries in it declare; if none declares any, all
 * that it names. Throws 422: `values_refused`, `template_broken`, `text_too_large`.
 */
export function filledText(
  text: string,
  [entry, ...others]: [TextSource, ...TextSource[]],
  values: Record<string, unknown> = {},
): string {
  const variables = variablesOf([entry, ...others]);
  // What a request's JSON has is JSON.
  const filled = fillText(text, variables, values as Record<string, JsonValue>);
  switch (filled.kind) {
    case 'filled':
      return filled.text;
    case 'too_large':
      throw new ApiProblem(422, 'text_too_large', `With these values, the text of ${entry.id} is larger than 1 MiB, or repeats more than a million times: give shorter lists.`); // prettier-ignore
    case 'broken':
      throw templateBroken(entry, filled.faults);
    case 'refused':
      throw new ApiProblem(
        422,
        'values_refused',
        `The values for ${entry.id} are not right. ${sentence(filled.faults)}`,
        filled.faults,
      );
  }
}

function templateBroken({ id }: TextSource, faults: readonly TemplateFault[]): ApiProblem {
  const said = faults.map(({ line, message }) => `Line ${line} of it: ${message}`).join(' ');
  return new ApiProblem(422, 'template_broken', `The text of ${id} cannot be filled. ${said}`);
}

/** The variables of all these entries; the first that declares one counts. `null` if none declares any. */
function variablesOf(sources: readonly TextSource[]): Variable[] | null {
  const found = new Map<string, Variable>();
  let isDeclared = false;
  for (const { id, fields } of sources) {
    const declared = declaredVariables(fields);
    if (declared === null) continue;
    isDeclared = true;
    if (declared.faults.length > 0)
      throw new ApiProblem(
        422,
        'template_broken',
        `The variables of ${id} are declared wrongly. ${sentence(declared.faults)}`,
      );
    for (const variable of declared.variables)
      if (!found.has(variable.name)) found.set(variable.name, variable);
  }
  return isDeclared ? [...found.values()] : null;
}

function sentence(faults: readonly { pointer: string; message: string }[]): string {
  const said = faults.slice(0, shown).map(({ pointer, message }) => `${pointer} ${message}.`);
  return `${said.join(' ')}${faults.length > shown ? ` And ${faults.length - shown} more.` : ''}`;
}
