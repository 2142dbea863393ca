import { Group, Paper, Stack, Text, Title, UnstyledButton } from '@mantine/core';
import { useId } from 'react';
import type {
  LineageGraph,
  LineageLink,
  LineageNode,
} from '../../../../model/mirror/reading/lineage-graph.ts';
import { Facts } from '../../../parts/facts.tsx';
import { texts } from '../../../texts/index.ts';
import type { LineageSearch } from '../mirror-search.ts';
import { KindIcon } from './kind-icon.tsx';
import classes from './lineage.module.css';
import { grouped } from './lineage-steps.ts';
import { linkWords } from './link-words.ts';
import type { MirrorOf } from './mirror-of.ts';
import { FromHereLink, PageLink } from './node-links.tsx';
import { nodeWords } from './node-words.ts';

const words = texts.lineage;

/** What the selected node is, where one can go from it, and what it is connected with. */
export function NodePanel({
  node,
  graph,
  shown,
  isStart,
  mirrorOf,
  onSelect,
}: {
  node: LineageNode;
  graph: LineageGraph;
  shown: LineageSearch;
  isStart: boolean;
  mirrorOf: MirrorOf;
  onSelect: (id: string) => void;
}) {
  const title = useId();
  const { name } = nodeWords(node);
  const mirror = mirrorOf(node);
  const { facts } = words;
  return (
    <Paper component="section" withBorder p="md" className={classes.panel} aria-labelledby={title}>
      <Stack gap="sm">
        <div aria-live="polite">
          <Group gap={6} c="dimmed">
            <KindIcon kind={node.kind} />
            <Text size="sm">
              {isStart ? `${words.kinds[node.kind]}, ${words.startWord}` : words.kinds[node.kind]}
            </Text>
          </Group>
          <Title order={2} size="h4" id={title} className={classes.title}>
            {name}
          </Title>
        </div>
        <Facts
          facts={[
            [facts.project, node.projectId],
            [facts.table, node.tableId],
            [facts.bucket, node.tableId === null ? node.bucketId : null],
            [facts.component, node.componentId],
            [facts.configuration, node.configurationId],
            [facts.folder, node.path],
          ]}
        />
        {mirror === null ? (
          <Text size="sm" c="dimmed">
            {words.elsewhere}
          </Text>
        ) : (
          <Group gap="md" fz="sm">
            <PageLink node={node} mirror={mirror}>
              {words.page}
            </PageLink>
            {!isStart && <FromHereLink {...{ node, mirror, shown }} />}
          </Group>
        )}
        <Neighbours
          title={words.fedBy}
          links={graph.into.get(node.id) ?? []}
          endOf={({ from }) => from}
          {...{ graph, onSelect }}
        />
        <Neighbours
          title={words.feeds}
          links={graph.outOf.get(node.id) ?? []}
          endOf={({ to }) => to}
          {...{ graph, onSelect }}
        />
      </Stack>
    </Paper>
  );
}

function Neighbours({
  title,
  links,
  endOf,
  graph,
  onSelect,
}: {
  title: string;
  links: readonly LineageLink[];
  endOf: (link: LineageLink) => string;
  graph: LineageGraph;
  onSelect: (id: string) => void;
}) {
  return (
    <div>
      <Title order={3} size="h6">
        {title}
      </Title>
      {links.length === 0 && (
        <Text size="sm" c="dimmed">
          {words.nothingShown}
        </Text>
      )}
      <ul className={classes.plain}>
        {[...grouped(links, endOf)].map(([id, ofOne]) => {
          const other = graph.nodes.get(id);
          return (
            other && (
              <li key={id}>
                <UnstyledButton className={classes.choose} onClick={() => onSelect(id)}>
                  <KindIcon kind={other.kind} className={classes.icon} />
                  <bdi>{nodeWords(other).name}</bdi>
                </UnstyledButton>
                <Text size="xs" c="dimmed">
                  {linkWords(ofOne)}
                </Text>
              </li>
            )
          );
        })}
      </ul>
    </div>
  );
}
