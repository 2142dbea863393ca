import type { Rendering } from '../../../model/platform/tree.ts';

/** The files of a rendering as texts: path → text. Fails if one is not valid UTF-8. */
export function textsOf({ files }: Pick<Rendering, 'files'>): Record<string, string> {
  const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
  return Object.fromEntries(
    [...files].map(([path, { content }]) => [path, decoder.decode(content)]),
  );
}
