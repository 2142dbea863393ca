import { Anchor, Text } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import type { LineageNode } from '../../../../model/mirror/reading/lineage-graph.ts';
import { objectSearchOf } from '../../../parts/streams/object-search-of.ts';
import { texts } from '../../../texts/index.ts';
import type { MirrorPath } from '../mirror-queries.ts';
import type { LineageSearch } from '../mirror-search.ts';
import { nodeWords } from './node-words.ts';

const words = texts.lineage;

/** What leads to a node: where it is, and how the lineage is shown now. */
export interface NodeLinkProps {
  node: LineageNode;
  /** The mirror that shows it; `null` if none does. */
  mirror: MirrorPath | null;
}

/** Leads to the page of a node; without a mirror that shows it, it is only text. */
export function PageLink({ node, mirror, children }: NodeLinkProps & { children: ReactNode }) {
  if (mirror === null)
    return (
      <Text span inherit>
        {children}
      </Text>
    );
  return (
    <Anchor
      inherit
      renderRoot={(props) => (
        <Link
          {...props}
          to="/mirrors/$project/$branch/object"
          params={mirror}
          search={objectSearchOf(node) ?? {}}
          preload={false}
        />
      )}
    >
      {children}
    </Anchor>
  );
}

/** Leads to the lineage that begins with a node, shown in the same way. */
export function FromHereLink({ node, mirror, shown }: NodeLinkProps & { shown: LineageSearch }) {
  if (mirror === null) return null;
  const { direction, depth, view } = shown;
  const search = {
    ...(objectSearchOf(node) ?? {}),
    ...(direction && { direction }),
    ...(depth !== undefined && { depth }),
    ...(view && { view }),
  };
  return (
    <Anchor
      size="sm"
      aria-label={`${words.fromHere}: ${nodeWords(node).whole}`}
      renderRoot={(props) => (
        <Link
          {...props}
          to="/mirrors/$project/$branch/lineage"
          params={mirror}
          search={search}
          preload={false}
        />
      )}
    >
      {words.fromHere}
    </Anchor>
  );
}
