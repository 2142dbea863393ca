import type { JsonValue } from '../../../model/knowledge/entry.ts';
import { valueText } from '../../parts/knowledge/value-text.ts';

/** The most characters of a cell that are shown. */
const mostShown = 120;

/** A value of a table, short enough for a cell; nothing for no value. */
export function shownCell(value: JsonValue | undefined): string {
  if (value === undefined || value === null || value === '') return '';
  const text = valueText(value);
  return text.length > mostShown ? `${text.slice(0, mostShown)}…` : text;
}
