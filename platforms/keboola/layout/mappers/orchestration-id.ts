import type { Json } from '../../../../model/text/json.ts';
import { wholeNumber } from '../object-edit.ts';

/** An id as text: the platform gives it as text or as a number. */
export function idOf(value: Json | undefined): string | null {
  if (typeof value === 'number') return wholeNumber(value);
  return typeof value === 'string' && value !== '' ? value : null;
}
