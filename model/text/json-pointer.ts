/** The JSON Pointer (RFC 6901) of a value, by the keys and indices that lead to it; `''` is the whole. */
export function jsonPointer(path: readonly (string | number)[]): string {
  return path.map((part) => `/${pointerToken(String(part))}`).join('');
}

/** A key as a JSON Pointer writes it. */
export function pointerToken(key: string): string {
  return key.replaceAll('~', '~0').replaceAll('/', '~1');
}

/** The keys and indices that a JSON Pointer leads through, as texts. */
export function pointerKeys(pointer: string): string[] {
  const tokens = pointer.split('/').slice(1);
  return tokens.map((token) => token.replaceAll('~1', '/').replaceAll('~0', '~'));
}
