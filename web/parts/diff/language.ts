const languages: ReadonlyMap<string, string> = new Map([
  ['json', 'json'],
  ['sql', 'sql'],
  ['py', 'python'],
  ['r', 'r'],
  ['jl', 'julia'],
  ['md', 'markdown'],
  ['yml', 'yaml'],
  ['yaml', 'yaml'],
]);

/** The language of a file by its name, as the highlighter calls it; `null` for plain text. */
export function languageOf(path: string): string | null {
  const name = path.slice(path.lastIndexOf('/') + 1);
  const extension = /\.([^.]+)$/.exec(name)?.[1];
  return extension === undefined ? null : (languages.get(extension.toLowerCase()) ?? null);
}
