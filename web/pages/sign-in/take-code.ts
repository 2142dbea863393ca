/**
 * The code of a sign-in link, which is in the fragment of its address, so that it is sent to no server. It is taken out
 * of the address at once: it works only once, and has no place in a history.
 */
export function takeCode(): string | null {
  const code = new URLSearchParams(window.location.hash.slice(1)).get('code');
  if (code !== null)
    window.history.replaceState(
      window.history.state,
      '',
      window.location.pathname + window.location.search,
    );
  return code;
}
