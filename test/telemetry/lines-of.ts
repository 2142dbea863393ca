/** The lines of a metric, or of one of a histogram's series, in a text for Prometheus. */
export function linesOf(text: string, name: string): string[] {
  return text
    .split('\n')
    .filter((line) => line.startsWith(`${name}{`) || line.startsWith(`${name} `));
}

/** The value of a line with these labels, as written; `undefined` if there is none. */
export function valueOf(text: string, name: string, ...labels: string[]): number | undefined {
  const line = linesOf(text, name).find((one) => labels.every((label) => one.includes(label)));
  return line === undefined ? undefined : Number(line.slice(line.lastIndexOf(' ') + 1));
}
