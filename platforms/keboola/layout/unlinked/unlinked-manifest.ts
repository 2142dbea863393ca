import type { Json, JsonObject } from '../../../../model/text/json.ts';
import { compareBytes } from '../../../tree/byte-order.ts';
import type { ConfigNode, RowNode } from '../layout.ts';
import { metadataEntry } from '../manifest/manifest.ts';
import { below } from '../../../tree/unique-paths.ts';

/** An object whose files are in `unlinked/`, and the reasons. */
export interface UnlinkedEntry {
  readonly node: ConfigNode | RowNode;
  readonly path: string;
  readonly reasons: readonly string[];
}

/**
 * Lists what is in a branch's folder of `unlinked/`, by path: the ids, which are not in the CLI's manifest,
 * and the reasons. `configurations` are only here, `incomplete` are partly in the CLI's folder.
 */
export function unlinkedManifest(
  folder: string,
  configurations: readonly UnlinkedEntry[],
  incomplete: readonly UnlinkedEntry[],
): JsonObject {
  return new Map([
    ['configurations', byPath(configurations).map((entry) => wholeEntry(folder, entry))],
    ['incomplete', byPath(incomplete).map((entry) => entryOf(folder, entry))],
  ]);
}

function wholeEntry(folder: string, entry: UnlinkedEntry): JsonObject {
  const { node } = entry;
  const content = entryOf(folder, entry);
  if (node.kind === 'row') return content;
  for (const [key, value] of metadataEntry(node.config.metadata)) content.set(key, value);
  const rows = node.rows.map(({ row, path }): [string, string] => [below(node.path, path), row.id]);
  rows.sort(([a], [b]) => compareBytes(a, b));
  return content.set(
    'rows',
    rows.map(
      ([path, id]) =>
        new Map([
          ['id', id],
          ['path', path],
        ]),
    ),
  );
}

function entryOf(folder: string, { node, path, reasons }: UnlinkedEntry): JsonObject {
  const { config } = node.kind === 'row' ? node.config : node;
  const row: [string, Json][] = node.kind === 'row' ? [['rowId', node.row.id]] : [];
  return new Map<string, Json>([
    ['componentId', config.componentId],
    ['id', config.id],
    ...row,
    ['path', below(folder, path)],
    ['reasons', [...reasons]],
  ]);
}

function byPath(entries: readonly UnlinkedEntry[]): UnlinkedEntry[] {
  return [...entries].sort((a, b) => compareBytes(a.path, b.path));
}
