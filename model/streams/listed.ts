/** How many there are, and the first 100 of them. */
export interface Listed<T> {
  count: number;
  first: T[];
}

/** How many things of one kind are listed. */
const mostListed = 100;

/** How many there are, with the first of them. */
export function listed<T>(all: readonly T[]): Listed<T> {
  return { count: all.length, first: all.slice(0, mostListed) };
}
