import type { Kind } from '../model/entry.ts';

/** Where a space's own kinds are, below its root: `<root>/.schemas/<kind>.json`. */
export const schemaFolder = '.schemas';

/**
 * The kind that a schema file of the repository describes: a JSON Schema with what we need under `x-gitward`
 * (`folder` or `file`, `title`, `index`, `personal`). What cannot be used says why; it stops nothing else.
 */
export function readSchemaFile(
  path: string,
  content: Uint8Array | null,
): { kind: Kind } | { problem: string } {
  throw new Error(`Not built yet: ${path} ${content?.length ?? 0}`);
}
