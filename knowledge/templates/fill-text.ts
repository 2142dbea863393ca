import type { JsonValue } from '../../model/knowledge/entry.ts';
import { jsonPointer } from '../../model/text/json-pointer.ts';
import { identifier, namedIn, variableTest, type IsVariable } from './asked-variables.ts';
import { parseTemplate, type Part, type Section, type TemplateFault } from './parse-template.ts';
import { valuesOf, type ValueFault, type Variable } from './variables.ts';

/** How much one filling may have and do: whoever writes the template or gives the values must not make it endless. */
export const fillLimits = { bytes: 1024 * 1024, steps: 1_000_000 } as const;

/** What {@link fillText} results in: the text, or what is wrong with the template, or with the values. */
export type Filled =
  | { kind: 'filled'; text: string }
  | { kind: 'broken'; faults: TemplateFault[] }
  | { kind: 'refused'; faults: ValueFault[] }
  | { kind: 'too_large' };

/**
 * Fills a text. `{{name}}` and `{name}` are replaced if they name a variable; everything else in braces stays, and so does a
 * placeholder after a backslash, without it. `{{#name}}…{{/name}}` is there if the value is not empty or false, and once for
 * each item of a list (`{{.}}`, or `{{field}}` of items that are objects); `{{^name}}…{{/name}}` if it is. Values are data: what is in them
 * is never filled again.
 *
 * With `variables` of `null`, whatever is written `{{name}}` is a variable.
 */
export function fillText(
  text: string,
  variables: readonly Variable[] | null,
  given: Readonly<Record<string, JsonValue>>,
): Filled {
  const isVariable = variableTest(variables);
  const { parts, faults } = parseTemplate(text, isVariable);
  if (faults.length > 0) return { kind: 'broken', faults };
  const checked = valuesOf(variables ?? namedIn(parts), given);
  if (checked.faults.length > 0) return { kind: 'refused', faults: checked.faults };
  const filling = new Filling(checked.values, isVariable);
  filling.write(parts, []);
  return filling.result();
}

/** What a section is about: an item of a list, and where it was given. */
interface Item {
  value: JsonValue;
  pointer: string;
}

class Filling {
  readonly #values: ReadonlyMap<string, JsonValue>;
  readonly #isVariable: IsVariable;
  readonly #text: string[] = [];
  readonly #faults = new Map<string, ValueFault>();
  #bytes = 0;
  #steps = 0;

  constructor(values: ReadonlyMap<string, JsonValue>, isVariable: IsVariable) {
    this.#values = values;
    this.#isVariable = isVariable;
  }

  result(): Filled {
    if (this.#isFull()) return { kind: 'too_large' };
    if (this.#faults.size > 0) return { kind: 'refused', faults: [...this.#faults.values()] };
    return { kind: 'filled', text: this.#text.join('') };
  }

  write(parts: readonly Part[], around: readonly Item[]): void {
    for (const part of parts) {
      this.#steps += 1;
      if (this.#isFull()) return;
      if (typeof part === 'string') this.#push(part);
      else if (part.kind === 'value') this.#push(this.#shown(part.name, part.written, around));
      else this.#writeSection(part, around);
    }
  }

  #writeSection({ kind, name, parts, otherwise }: Section, around: readonly Item[]): void {
    const value = this.#valueOf(name, around) ?? false;
    const isThere = Array.isArray(value) ? value.length > 0 : Boolean(value);
    const isWanted = kind === 'inverted' || kind === 'unless' ? !isThere : isThere;
    if (!isWanted) this.write(otherwise, around);
    else if (!Array.isArray(value) || kind === 'if') this.write(parts, around);
    else if (!isThere) this.write(parts, around);
    else
      for (const [index, item] of value.entries()) {
        this.#steps += 1;
        if (this.#isFull()) return;
        const pointer = jsonPointer(['values', name, index]);
        this.write(parts, [...around, { value: item, pointer }]);
      }
  }

  /** What stands in the text for a placeholder. */
  #shown(name: string, written: string, around: readonly Item[]): string {
    const value = this.#valueOf(name, around);
    const item = around.at(-1);
    if (value === undefined) {
      if (typeof item?.value === 'object' && identifier.test(name))
        return this.#fault(item.pointer, `has no "${name}", which ${written} stands for`);
      return this.#isVariable(name, false) ? '' : written;
    }
    if (Array.isArray(value)) {
      const at = value.findIndex((one) => typeof one === 'object');
      if (at === -1) return value.map(String).join(', ');
      const pointer = jsonPointer(['values', name, at]);
      return this.#fault(pointer, `is an object, which ${written} cannot show: repeat a part of the text with {{#${name}}}…{{/${name}}}`); // prettier-ignore
    }
    if (typeof value !== 'object') return String(value);
    return this.#fault(item?.pointer ?? '', `is an object, which ${written} cannot show: name one of its fields`); // prettier-ignore
  }

  #valueOf(name: string, around: readonly Item[]): JsonValue | undefined {
    if (name === '.' || name === 'this') return around.at(-1)?.value;
    for (const { value } of around.toReversed())
      if (
        typeof value === 'object' &&
        value !== null &&
        !Array.isArray(value) &&
        Object.hasOwn(value, name)
      )
        // prettier-ignore
        return value[name];
    return this.#values.get(name);
  }

  #fault(pointer: string, message: string): string {
    // The first of each kind is enough.
    if (this.#faults.size < 100) this.#faults.set(pointer + message, { pointer, message });
    return '';
  }

  #push(text: string): void {
    this.#bytes += Buffer.byteLength(text);
    if (!this.#isFull()) this.#text.push(text);
  }

  #isFull(): boolean {
    return this.#bytes > fillLimits.bytes || this.#steps > fillLimits.steps;
  }
}
