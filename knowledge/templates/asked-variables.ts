import { parseTemplate, type Part, type TemplateFault } from './parse-template.ts';
import type { Variable } from './variables.ts';

/** A name that is taken for a variable although nothing declares it. */
export const identifier = /^(?!(?:this|else)$)[\p{L}_][\p{L}\p{N}_.-]*$/u;

/** Whether a name in a text, written in single or double braces, is a variable. */
export type IsVariable = (name: string, isSingle: boolean) => boolean;

/** What the names in a text are judged by: those that are declared; with `null`, whatever is written `{{name}}`. */
export function variableTest(variables: readonly Variable[] | null): IsVariable {
  if (variables === null) return (name, isSingle) => !isSingle && identifier.test(name);
  const names = new Set(variables.map(({ name }) => name));
  return (name) => names.has(name);
}

/** A variable that a text can be filled with. */
export interface AskedVariable extends Variable {
  /** What the text takes from each item of the list, if its items are objects. */
  fields: string[];
}

/** What a text can be filled with: the variables that are declared; with `null`, those that it names. */
export function askedVariables(
  text: string,
  variables: readonly Variable[] | null,
): { variables: AskedVariable[]; faults: TemplateFault[] } {
  const isVariable = variableTest(variables);
  const { parts, faults } = parseTemplate(text, isVariable);
  const asked = variables ?? namedIn(parts);
  const lists = new Map(
    asked.filter(({ type }) => type === 'list').map(({ name }) => [name, new Set<string>()]),
  );
  addFields(parts, isVariable, lists);
  const withFields = asked.map((variable) => {
    return { ...variable, fields: [...(lists.get(variable.name) ?? [])] };
  });
  return { variables: withFields, faults };
}

/** The variables that a text without declarations names: those that are always in it are required. */
export function namedIn(parts: readonly Part[]): Variable[] {
  const found = new Map<string, boolean>();
  const visit = (some: readonly Part[], isAlways: boolean): void => {
    for (const part of some) {
      if (typeof part === 'string') continue;
      const isNeeded = isAlways && part.kind === 'value';
      if (identifier.test(part.name))
        found.set(part.name, found.get(part.name) === true || isNeeded);
      if (part.kind === 'value') continue;
      visit(part.parts, false);
      visit(part.otherwise, false);
    }
  };
  visit(parts, true);
  return [...found].map(([name, required]) => {
    return { name, description: null, type: null, required, default: undefined };
  });
}

/** Adds to each list the names that stand in a part of the text that is repeated for it and are no variables: fields of its items. */
function addFields(
  parts: readonly Part[],
  isVariable: IsVariable,
  lists: ReadonlyMap<string, Set<string>>,
): void {
  const visit = (some: readonly Part[], around: Set<string> | undefined): void => {
    for (const part of some) {
      if (typeof part === 'string') continue;
      const { kind, name } = part;
      if (kind !== 'value') {
        const own = kind === 'section' || kind === 'each' ? lists.get(name) : undefined;
        visit(part.parts, own ?? around);
        visit(part.otherwise, around);
      } else if (identifier.test(name) && !isVariable(name, false)) around?.add(name);
    }
  };
  visit(parts, undefined);
}
