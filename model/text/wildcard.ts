/**
 * Whether the whole text matches the pattern: `*` stands for any number of characters, `?` for exactly one, and
 * case does not matter. The time is proportional to pattern × text, whatever the pattern.
 */
export function matchesWildcard(pattern: string, text: string): boolean {
  const wanted = pattern.toLowerCase();
  const given = text.toLowerCase();
  let at = 0;
  let next = 0;
  // Where to continue if what followed the last `*` turns out not to match.
  let star = -1;
  let afterStar = 0;
  while (at < given.length) {
    const sign = wanted[next];
    if (sign === '*') {
      star = next++;
      afterStar = at;
    } else if (sign === '?' || sign === given[at]) {
      next++;
      at++;
    } else if (star === -1) {
      return false;
    } else {
      next = star + 1;
      at = ++afterStar;
    }
  }
  while (wanted[next] === '*') next++;
  return next === wanted.length;
}
