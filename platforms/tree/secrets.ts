import type { Json, JsonObject } from '../../model/text/json.ts';
import { pointerToken } from '../../model/text/json-pointer.ts';

/** What stands where a value in clear was left out. */
export const clearPlaceholder = '[left out by Gitward: a secret in clear]';
/** What stands for an encrypted value where the mirror omits them. */
export const encryptedPlaceholder = '[left out by Gitward: an encrypted value]';

/** A document without secrets in clear, and where they were (JSON Pointers, RFC 6901). */
export interface ProtectedJson {
  value: Json;
  replaced: string[];
}

/**
 * Leaves out what no repository may hold: the value of any key that begins with `#`, at any depth,
 * unless it is encrypted, empty or `null`. An array or an object under such a key stays only if
 * everything in it is of that sort. With `omitted`, encrypted values are left out as well, wherever
 * they stand; references to the vault are names, not values, and stay.
 *
 * Parts without secrets are shared with the original, which is never changed.
 */
export function protectSecrets(value: Json, policy: 'encrypted' | 'omitted'): ProtectedJson {
  const replaced: string[] = [];

  function visit(item: Json, pointer: string): Json {
    if (typeof item === 'string') {
      return policy === 'omitted' && isCiphertext(item) ? encryptedPlaceholder : item;
    }
    if (item === null || typeof item !== 'object') return item;
    return Array.isArray(item) ? visitArray(item, pointer) : visitObject(item, pointer);
  }

  function visitArray(array: Json[], pointer: string): Json[] {
    let changed: Json[] | null = null;
    for (const [index, item] of array.entries()) {
      const kept = visit(item, `${pointer}/${index}`);
      if (kept !== item) (changed ??= [...array])[index] = kept;
    }
    return changed ?? array;
  }

  function visitObject(object: JsonObject, pointer: string): JsonObject {
    let changed: JsonObject | null = null;
    for (const [key, item] of object) {
      const place = `${pointer}/${pointerToken(key)}`;
      let kept: Json = clearPlaceholder;
      if (key.startsWith('#') && !isSafe(item)) replaced.push(place);
      else kept = visit(item, place);
      if (kept !== item) (changed ??= new Map(object)).set(key, kept);
    }
    return changed ?? object;
  }

  return { value: visit(value, ''), replaced };
}

/**
 * Text without what the policy keeps out: with `omitted`, a line that is nothing but an encrypted value
 * (no such value goes over a line's end). Text has no keys, so nothing in it is known to be in clear.
 */
export function protectText(text: string, policy: 'encrypted' | 'omitted'): string {
  if (policy === 'encrypted' || !text.includes('KBC::')) return text;
  return text
    .split('\n')
    .map((line) => (isCiphertext(line.trim()) ? encryptedPlaceholder : line))
    .join('\n');
}

/** Whether a value under a `#` key holds nothing in clear. */
function isSafe(value: Json): boolean {
  if (value === null || value === '') return true;
  if (typeof value === 'string') {
    return value === clearPlaceholder || isCiphertext(value) || isVaultReference(value);
  }
  if (typeof value !== 'object') return false;
  return (Array.isArray(value) ? value : [...value.values()]).every(isSafe);
}

/**
 * `KBC::…Secure…::…` and the older `KBC::…Encrypted==…`, as the CLI's own rule has them. Without a
 * regular expression: it would take quadratic time on a long value made for that.
 */
function isCiphertext(value: string): boolean {
  if (!value.startsWith('KBC::') || value.includes('\n')) return false;
  for (const legacy of legacyPrefixes) {
    if (value.startsWith(legacy)) return value.length > legacy.length;
  }
  const secure = value.indexOf('Secure', 'KBC::'.length + 1);
  if (secure === -1) return false;
  const payload = value.indexOf('::', secure);
  return payload !== -1 && payload + 2 < value.length;
}

const legacyPrefixes = [
  'KBC::Encrypted==',
  'KBC::ComponentProjectEncrypted==',
  'KBC::ComponentEncrypted==',
];

/**
 * `{{ vault.name }}`, also several with separators between or after an authentication scheme. The CLI
 * takes any text around it; what is around could be the secret.
 */
function isVaultReference(value: string): boolean {
  const rest = value.replace(/\{\{\s{0,99}vault\.[^{}]+\}\}/g, '');
  return rest !== value && /^(?:bearer\s|basic\s|token\s)?[\s:;,@/&|=.-]*$/i.test(rest);
}
