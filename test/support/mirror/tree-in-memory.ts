import type { FileParser, TreeFiles } from '../../../platforms/reading/layout-reading.ts';

/** A tree of these texts, as a layout reads it. */
export function treeInMemory(branchId: string, texts: Readonly<Record<string, string>>): TreeFiles {
  const below = (folder: string): [string, string][] =>
    Object.entries(texts)
      .filter(([path]) => path.startsWith(`${folder}/`))
      .map(([path, text]) => [path.slice(folder.length + 1), text]);
  return {
    branchId,
    read<T>(path: string, parser: FileParser<T>) {
      const text = texts[path];
      return Promise.resolve(text === undefined ? null : parser.parse(text));
    },
    readAll<T>(folder: string, parser: FileParser<T>) {
      const made = below(folder).flatMap(([path, text]): [string, T][] => {
        const value = parser.parse(text);
        return value === null ? [] : [[path, value]];
      });
      return Promise.resolve(new Map(made));
    },
    derive: (from, make) => make(from),
  };
}
