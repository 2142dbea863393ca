import { Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { ProblemError } from '../../../api/problem-error.ts';
import { PartProblem } from '../../../parts/part-problem.tsx';
import type { ObjectSearch } from '../../../parts/streams/object-search-of.ts';
import { texts } from '../../../texts/index.ts';
import { LineageList } from '../lineage/lineage-list.tsx';
import { lineageQuery, type Lineage } from '../lineage/lineage-query.ts';
import { graphOf } from '../lineage/lineage-steps.ts';
import { useMirrorOf } from '../lineage/mirror-of.ts';
import type { MirrorPath } from '../mirror-queries.ts';
import { lineageSearch } from '../mirror-search.ts';

const { contents: words } = texts;
/** A lineage with so many nodes was cut for their number, not for its depth. */
const manyNodes = 400;

/** What feeds an object and what it feeds, to the next tables; of a row, what is known of its configuration. Nothing if nothing is known. */
export function Neighbours({ path, object }: { path: MirrorPath; object: ObjectSearch }) {
  const { component, configuration, bucket, table } = object;
  const around = lineageSearch({ component, configuration, bucket, table, depth: 2 });
  const { data, error, refetch } = useQuery(lineageQuery(path, around));
  // That it is in no lineage is no problem: then nothing is known of it.
  const isUnknown = error instanceof ProblemError && error.status === 404;
  if (data === undefined)
    return (
      <PartProblem
        title={words.lineage}
        error={isUnknown ? null : error}
        onRetry={() => void refetch()}
      />
    );
  if (data.edges.length === 0) return null;
  return (
    <>
      {data.isCut && data.nodes.length >= manyNodes && (
        <Text size="sm" c="dimmed">
          {words.lineageIsCut}
        </Text>
      )}
      <Found path={path} lineage={data} />
    </>
  );
}

function Found({ path, lineage }: { path: MirrorPath; lineage: Lineage }) {
  const graph = useMemo(() => graphOf(lineage), [lineage]);
  const mirrorOf = useMirrorOf(path, lineage.nodes);
  return <LineageList {...{ graph, mirrorOf }} start={lineage.start} shown={{}} />;
}
