/** The text with each of the secrets, and anything that looks like a user part of a URL, taken out. */
export function redact(text: string, secrets: readonly string[]): string {
  let clean = text;
  // Longest first: one secret may be the beginning of another.
  for (const secret of [...secrets].sort((a, b) => b.length - a.length)) {
    if (secret !== '') clean = clean.replaceAll(secret, '[redacted]');
  }
  return clean.replace(/(\b[a-z][a-z0-9+.-]*:\/\/)[^\s/@'"]+@/gi, '$1[redacted]@');
}
