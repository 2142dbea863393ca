/** Which reviews are shown; it stands in the address. */
export interface ReviewsSearch {
  /** Left out: those that go on. */
  state?: 'ended';
}

/** Reads an address; what it does not understand is left out. */
export function reviewsSearch({ state }: Record<string, unknown>): ReviewsSearch {
  return state === 'ended' ? { state } : {};
}
