/** The address of a sign-in link. The code is in the fragment, which browsers send to no server. */
export function signInUrl(publicUrl: string, code: string): string {
  return `${publicUrl}/sign-in#code=${code}`;
}
