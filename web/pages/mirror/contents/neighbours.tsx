import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import type { ObjectSearch } from '../../../parts/streams/object-search-of.ts';
import { LineageList } from '../lineage/lineage-list.tsx';
import { lineageQuery, type Lineage } from '../lineage/lineage-query.ts';
import { graphOf } from '../lineage/lineage-steps.ts';
import { useMirrorOf } from '../lineage/mirror-of.ts';
import type { MirrorPath } from '../mirror-queries.ts';
import { lineageSearch } from '../mirror-search.ts';

/** What feeds an object and what it feeds, to the next tables; of a row, what is known of its configuration. Nothing if nothing is known. */
export function Neighbours({ path, object }: { path: MirrorPath; object: ObjectSearch }) {
  const { component, configuration, bucket, table } = object;
  const around = lineageSearch({ component, configuration, bucket, table, depth: 2 });
  const { data } = useQuery(lineageQuery(path, around));
  if (data === undefined || data.edges.length === 0) return null;
  return <Found path={path} lineage={data} />;
}

function Found({ path, lineage }: { path: MirrorPath; lineage: Lineage }) {
  const graph = useMemo(() => graphOf(lineage), [lineage]);
  const mirrorOf = useMirrorOf(path, lineage.nodes);
  return <LineageList {...{ graph, mirrorOf }} start={lineage.start} shown={{}} />;
}
