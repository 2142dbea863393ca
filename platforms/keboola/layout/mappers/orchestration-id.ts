import type { Json } from '../../../../model/text/json.ts';
import { wholeNumber } from '../object-edit.ts';

/** An id as text. The platform returns it as a text or a number. */
export function idOf(value: Json | undefined): string | null {
  if (typeof value === 'number') return wholeNumber(value);
  return typeof value === 'string' && value !== '' ? value : null;
}
