import type { Json, JsonObject } from '../../../../model/text/json.ts';
import { configKey } from '../../../../model/platform/object-key.ts';
import type { Layout } from '../layout.ts';
import { objectAt, textAt, withEntry } from '../object-edit.ts';
import type { RenderStep } from '../render-step.ts';
import { below } from '../../../tree/unique-paths.ts';

/**
 * If a table is read from the default bucket of another configuration, refers to that configuration by its
 * path.
 */
export const defaultBuckets: RenderStep = {
  name: 'default buckets',
  looksAt: ['storage.input.tables.*.source'],
  write(node, files, layout) {
    const storage = objectAt(files.config, 'storage');
    const input = storage && objectAt(storage, 'input');
    const tables = input?.get('tables');
    if (storage === null || input === null || !Array.isArray(tables)) return;
    const { branch } = (node.kind === 'row' ? node.config : node).branch;
    const replaced = replaceSources(tables, branch.id, layout);
    if (replaced === null) return;
    files.config = withEntry(
      files.config,
      'storage',
      withEntry(storage, 'input', withEntry(input, 'tables', replaced)),
    );
  },
};

/** The tables with placeholders, or `null` if there are none to replace. */
function replaceSources(tables: Json[], branchId: string, layout: Layout): Json[] | null {
  let replaced: Json[] | null = null;
  for (const [index, table] of tables.entries()) {
    const source = table instanceof Map ? textAt(table, 'source') : null;
    const bucket = source === null ? null : defaultBucket(source, layout);
    if (bucket === null || source === null) continue;
    const config = layout.byKey.get(configKey(branchId, bucket.componentId, bucket.configId));
    // The CLI stops at the first configuration that does not exist, and leaves the remaining tables
    // unchanged.
    if (config?.kind !== 'config' || config.path === '') break;
    const path = below(config.parent.path, config.path);
    const name = source.split('.').slice(2).join('.');
    (replaced ??= [...tables])[index] = withEntry(
      table as JsonObject,
      'source',
      `{{:default-bucket:${path}}}.${name}`,
    );
  }
  return replaced;
}

/** The configuration in whose default bucket a table is. */
function defaultBucket(
  tableId: string,
  { bucketPrefixes }: Layout,
): { componentId: string; configId: string } | null {
  const bucketId = tableId.slice(0, Math.max(tableId.lastIndexOf('.'), 0));
  const end = bucketId.lastIndexOf('-') + 1;
  const componentId = bucketPrefixes.get(bucketId.slice(0, end));
  const configId = bucketId.slice(end);
  return componentId === undefined || configId === '' ? null : { componentId, configId };
}
