import { Select } from '@mantine/core';
import { texts } from '../../../texts/index.ts';
import type { ContentsCounts } from './contents-queries.ts';

const { contents: words } = texts;

/** A component or a bucket. */
export interface Group {
  component?: string;
  bucket?: string;
}

/** Narrows the contents to a component or a bucket; each says how much it has. */
export function GroupField({
  counts,
  value,
  onChange,
}: {
  counts: ContentsCounts | undefined;
  value: Group;
  onChange: (group: Group) => void;
}) {
  const { components = [], buckets = [] } = counts ?? {};
  const known = [
    {
      group: words.components,
      items: components
        .map(({ componentId, componentName, configurations, rows }) => ({
          value: valueOf({ component: componentId }),
          label: words.counted(componentName ?? componentId, configurations + rows),
        }))
        .sort(byLabel),
    },
    {
      group: words.buckets,
      items: buckets
        .map(({ bucketId, tables }) => ({
          value: valueOf({ bucket: bucketId }),
          label: words.counted(bucketId, tables),
        }))
        .sort(byLabel),
    },
  ].filter(({ items }) => items.length > 0);
  const chosen = valueOf(value);
  const isKnown = known.some(({ items }) => items.some((item) => item.value === chosen));
  // One of an address may be none of those that are counted.
  const other = value.component ?? value.bucket;
  const data = isKnown || other === undefined ? known : [{ value: chosen, label: other }, ...known];
  return (
    <Select
      aria-label={words.group}
      placeholder={words.group}
      flex="1 1 14rem"
      data={data}
      value={chosen === '' ? null : chosen}
      onChange={(next) => onChange(groupOf(next ?? ''))}
      limit={100}
      searchable
      clearable
    />
  );
}

function byLabel(a: { label: string }, b: { label: string }): number {
  return a.label.localeCompare(b.label, 'en');
}

function valueOf({ component, bucket }: Group): string {
  if (component !== undefined) return `component ${component}`;
  return bucket === undefined ? '' : `bucket ${bucket}`;
}

function groupOf(value: string): Group {
  const [kind, id] = [value.slice(0, value.indexOf(' ')), value.slice(value.indexOf(' ') + 1)];
  return kind === 'component' ? { component: id } : kind === 'bucket' ? { bucket: id } : {};
}
