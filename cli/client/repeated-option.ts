/** Parses an option that can be repeated; Commander passes what was given before. */
export function collect(value: string, before: string[]): string[] {
  return [...before, value];
}
