/** Removes the secrets from a text, and anything that looks like the user part of a URL. */
export function redact(text: string, secrets: readonly string[]): string {
  let clean = text;
  // Longest first, because one secret may be the start of another.
  for (const secret of [...secrets].sort((a, b) => b.length - a.length)) {
    if (secret !== '') clean = clean.replaceAll(secret, '[redacted]');
  }
  return clean.replace(/(\b[a-z][a-z0-9+.-]*:\/\/)[^\s/@'"]+@/gi, '$1[redacted]@');
}
