/**
 * Whether the whole text is of the pattern: `*` is any run of characters, `?` any one, upper and lower case
 * are the same. Takes time in proportion to pattern × text, whatever the pattern.
 */
export function matchesWildcard(pattern: string, text: string): boolean {
  const wanted = pattern.toLowerCase();
  const given = text.toLowerCase();
  let at = 0;
  let next = 0;
  // Where to go on when what followed the last `*` does not fit after all.
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
