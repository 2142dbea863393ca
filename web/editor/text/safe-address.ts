/** The address of a link if a browser may open it: a web page, an address for mails or calls, or a path; else `null`. */
export function safeAddress(address: string): string | null {
  // Browsers skip these when they look for the scheme.
  const seen = address.replaceAll(/[\s\p{Cc}]/gu, '');
  const scheme = /^([a-z][a-z0-9+.-]*):/i.exec(seen)?.[1]?.toLowerCase();
  return scheme === undefined || ['http', 'https', 'mailto', 'tel'].includes(scheme)
    ? address
    : null;
}
