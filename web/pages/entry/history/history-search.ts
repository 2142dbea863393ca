/** What is shown of a history; it stands in the address. */
export interface HistorySearch {
  /** The older version of a comparison: a commit, a date or `1w`. */
  from?: string;
  /** The newer one; left out, the entry as it is now. */
  to?: string;
  /** Who wrote each line, instead of the versions. */
  lines?: true;
}

/** The part of an address that is about a history; what is none is left out. */
export function historySearch({ from, to, lines }: Record<string, unknown>): HistorySearch {
  if (typeof from === 'string' && from !== '')
    return { from, ...(typeof to === 'string' && to !== '' && { to }) };
  return lines === true ? { lines } : {};
}
