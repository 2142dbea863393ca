/** A space's path in the API. */
export function spacePath(space: string): string {
  return `/v1/spaces/${encodeURIComponent(space)}`;
}

/** An entry's path in the API. */
export function entryPath(space: string, entry: string): string {
  return `${spacePath(space)}/entries/${encodeURIComponent(entry)}`;
}
