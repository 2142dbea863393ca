import { IconAdjustments, IconBucket, IconTable } from '@tabler/icons-react';
import type { LineageNode } from '../../../../model/mirror/reading/lineage-graph.ts';

const icons = { table: IconTable, bucket: IconBucket, configuration: IconAdjustments };

/** The icon of a kind of nodes; its name is said beside it. */
export function KindIcon({
  kind,
  className,
}: {
  kind: LineageNode['kind'];
  className?: string | undefined;
}) {
  const Icon = icons[kind];
  return <Icon size={18} aria-hidden {...(className !== undefined && { className })} />;
}
