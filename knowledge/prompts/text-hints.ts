import type { Kind } from '../../model/knowledge/entry.ts';
import type { ReadEntry } from '../entries/read-entry.ts';
import { readExamples } from '../checks/read-examples.ts';
import { parseTemplate } from '../templates/parse-template.ts';
import { declaredVariables } from '../templates/variables.ts';
import { variantsOf, variantText } from './variants.ts';

/** Advice about a prompt or template. */
export interface TextHint {
  /** JSON Pointer into the fields; `null` if it is about a line of the body. */
  pointer: string | null;
  /** The line of the body, counted from 1; otherwise 1. */
  line: number;
  message: string;
}

/** Kinds whose texts are rendered or filled. */
export const promptKind = 'system-prompt';
export const templateKinds: readonly string[] = ['slide-template', 'document-template'];

/**
 * What would go wrong when an entry is rendered or filled: variants without a heading, variables that are declared wrongly,
 * sections that are not closed, and examples that cannot be run as checks.
 */
export function textHints({ name }: Kind, { fields, body }: ReadEntry): TextHint[] {
  if (name !== promptKind && !templateKinds.includes(name)) return [];
  const variants = name === promptKind ? variantsOf(fields) : [];
  const hints: TextHint[] = variants.flatMap((variant) => {
    const found = variantText(body, variants, variant.name);
    return found.kind === 'found' ? [] : { pointer: '/variants', line: 1, message: found.message };
  });
  const declared = declaredVariables(fields);
  for (const { pointer, message } of declared?.faults ?? [])
    hints.push({ pointer, line: 1, message: `This ${message}.` });
  const names = new Set(declared?.variables.map((variable) => variable.name));
  for (const { line, message } of parseTemplate(body, (one) => names.has(one)).faults)
    hints.push({ pointer: null, line, message });
  if (name !== promptKind) return hints;
  const { faults, others } = readExamples(body, fields);
  const ofExamples = [...faults, ...others].sort((one, other) => one.line - other.line);
  return [...hints, ...ofExamples.map((fault) => ({ pointer: null, ...fault }))];
}
