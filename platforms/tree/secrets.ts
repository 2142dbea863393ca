import type { Json, JsonObject } from '../../model/text/json.ts';
import { pointerToken } from '../../model/text/json-pointer.ts';

/** Replaces a secret value in clear text. */
export const clearPlaceholder = '[left out by Gitward: a secret in clear]';
/** Replaces an encrypted value if the mirror omits them. */
export const encryptedPlaceholder = '[left out by Gitward: an encrypted value]';

/** A document without secrets in clear text, and where these were (JSON Pointers, RFC 6901). */
export interface ProtectedJson {
  value: Json;
  replaced: string[];
}

/**
 * Leaves out what no repository may contain: the value of any key that begins with `#`, at any depth, unless
 * the value is encrypted, empty or `null`. An array or an object under such a key stays only if this is true
 * of everything in it. With `omitted`, encrypted values are also left out, wherever they are. References to
 * the vault are names, not values, so they stay.
 *
 * The result shares parts without secrets with the original, which is never changed.
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
 * Leaves out of a text what the policy forbids: with `omitted`, every line that is nothing but an encrypted
 * value (which never spans several lines). Text has no keys, so nothing in it is known to be a secret in
 * clear text.
 */
export function protectText(text: string, policy: 'encrypted' | 'omitted'): string {
  if (policy === 'encrypted' || !text.includes('KBC::')) return text;
  return text
    .split('\n')
    .map((line) => (isCiphertext(line.trim()) ? encryptedPlaceholder : line))
    .join('\n');
}

/** Whether a value under a `#` key contains nothing in clear text. */
function isSafe(value: Json): boolean {
  if (value === null || value === '') return true;
  if (typeof value === 'string') {
    return value === clearPlaceholder || isCiphertext(value) || isVaultReference(value);
  }
  if (typeof value !== 'object') return false;
  return (Array.isArray(value) ? value : [...value.values()]).every(isSafe);
}

/**
 * Recognises `KBC::…Secure…::…` and the older `KBC::…Encrypted==…`, as the CLI does. It uses no regular
 * expression, which would take quadratic time on a long value made for that purpose.
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
 * Recognises `{{ vault.name }}`, also several of them with separators in between, and after an authentication
 * scheme. The CLI accepts any text around it, but that text could be the secret.
 */
function isVaultReference(value: string): boolean {
  const rest = value.replace(/\{\{\s{0,99}vault\.[^{}]+\}\}/g, '');
  return rest !== value && /^(?:bearer\s|basic\s|token\s)?[\s:;,@/&|=.-]*$/i.test(rest);
}
