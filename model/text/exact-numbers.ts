/**
 * The numbers of a document that a 64-bit float cannot hold, as the document writes them. A number is at the place
 * that it has in the document, where objects and arrays are both objects: `[1, 9007199254740993]` has
 * `{"1": "9007199254740993"}`. A JSON Pointer into the document leads to the same number here.
 */
export type ExactNumbers = string | Map<string, ExactNumbers>;

/** 15 digits always come back from a 64-bit float as they were (`DBL_DIG`). */
const alwaysHeld = 15;
/** Closer to zero, floats have fewer digits than elsewhere, down to none. */
const smallestWithAllDigits = 2.2250738585072014e-308;

/**
 * Whether a number is still the same after it was read as a 64-bit float and written again: `1.0` is (as `1`),
 * `9007199254740993` and `1e400` are not.
 */
export function isHeldByFloat(written: string, float: number): boolean {
  const size = Math.abs(float);
  if (written.length <= alwaysHeld && size >= smallestWithAllDigits && size <= Number.MAX_VALUE)
    return true;
  // Almost all others are spelled like this.
  const spelled = String(float);
  if (written === spelled) return true;
  return Number.isFinite(float) && decimal(written) === decimal(spelled);
}

/** Whether one of these numbers is larger than every 64-bit float. */
export function exceedsFloats(numbers: ExactNumbers): boolean {
  if (typeof numbers === 'string') return !Number.isFinite(Number(numbers));
  return [...numbers.values()].some(exceedsFloats);
}

/** The value of a number in a form that is the same for all its spellings. */
function decimal(written: string): string {
  const [mantissa = '', exponent = '0'] = written.toLowerCase().split('e');
  const [whole = '', fraction = ''] = mantissa.replace('-', '').split('.');
  const digits = (whole + fraction).replace(/^0+/, '');
  // No regular expression, which would take quadratic time on a number made for that purpose.
  let end = digits.length;
  while (digits[end - 1] === '0') end--;
  if (end === 0) return '0';
  const places = Number(exponent) - fraction.length + (digits.length - end);
  return `${mantissa.startsWith('-') ? '-' : ''}${digits.slice(0, end)}e${places}`;
}
