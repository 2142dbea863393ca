/** What a credential is called, and the origin that it may be sent to. */
export interface BoundCredential {
  name: string;
  /** `https://host` or `https://host:port`, as in the URL Standard; `null` if nobody has said it yet. */
  origin: string | null;
}

/** The origin of a repository's address; `null` for a local one (`file:`), to which nothing is sent. */
export function originOf(repositoryUrl: string): string | null {
  const { protocol, origin } = new URL(repositoryUrl);
  return protocol === 'file:' ? null : origin;
}

/**
 * Why a credential must not be sent to a repository, as a sentence that says what to do; `null` if
 * it may, because the repository has the origin that the credential is for, or is local.
 */
export function whyNotSent(
  { name, origin }: BoundCredential,
  repositoryUrl: string,
): string | null {
  const asked = originOf(repositoryUrl);
  if (asked === null || asked === origin) return null;
  const rotate = `gitward credentials rotate ${JSON.stringify(name)} --origin`;
  return origin === null
    ? `The credential "${name}" is sent nowhere until it is stored again with the origin that it is for (${rotate} ${asked}).`
    : `The credential "${name}" is for ${origin} and is not sent to ${asked}. Use another credential, or store another secret for that origin (${rotate} ${asked}).`;
}
