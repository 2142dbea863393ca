/*
 * What a person has given so far is kept while the tab is open. Anything may stand where it is kept, and nothing that is
 * kept may have a secret in it.
 */

/** What was kept, as far as it is like `empty`; whatever is of another kind is as it is there. */
export function readKept<Kept>(empty: Kept, text: string | null): Kept {
  try {
    return merged(empty, JSON.parse(text ?? 'null')) as Kept;
  } catch {
    return empty;
  }
}

/** An address as it may be kept: nothing of one with a name and a token in it. */
export function withoutSecrets(url: string): string {
  return /^[a-z+]*:?\/\/[^/]*@/i.test(url.trim()) ? '' : url;
}

function merged(empty: unknown, kept: unknown): unknown {
  if (Array.isArray(empty))
    return Array.isArray(kept) && kept.every((one) => typeof one === 'string') ? kept : empty;
  if (typeof empty !== 'object' || empty === null)
    return typeof kept === typeof empty ? kept : empty;
  const from = (typeof kept === 'object' && kept !== null ? kept : {}) as Record<string, unknown>;
  return Object.fromEntries(
    Object.entries(empty).map(([name, value]) => [name, merged(value, from[name])]),
  );
}
