import { Button, Stack, Text, Title } from '@mantine/core';
import { useMemo, useState } from 'react';
import type { LineageGraph } from '../../../../model/mirror/reading/lineage-graph.ts';
import { Card } from '../../../parts/card.tsx';
import { texts } from '../../../texts/index.ts';
import type { LineageSearch } from '../mirror-search.ts';
import { KindIcon } from './kind-icon.tsx';
import classes from './lineage.module.css';
import { firstOfSteps, grouped, lineageSteps, type StepNode } from './lineage-steps.ts';
import { linkWords } from './link-words.ts';
import type { MirrorOf } from './mirror-of.ts';
import { FromHereLink, PageLink } from './node-links.tsx';
import { nodeWords } from './node-words.ts';

const words = texts.lineage;

/** What everything in the list needs to know. */
interface Shared {
  graph: LineageGraph;
  shown: LineageSearch;
  mirrorOf: MirrorOf;
}

/** How many nodes are drawn at first each way, and with every click more. */
const portion = 100;

/** A lineage as text: what feeds the start and what it feeds, nearest first. */
export function LineageList({ start, ...shared }: Shared & { start: string }) {
  const { direction = 'both' } = shared.shown;
  const ways = direction === 'both' ? (['up', 'down'] as const) : [direction];
  return (
    <Stack>
      {ways.map((way) => (
        <Way key={way} {...shared} way={way} start={start} />
      ))}
    </Stack>
  );
}

function Way({ way, start, ...shared }: Shared & { way: 'up' | 'down'; start: string }) {
  const { graph } = shared;
  const steps = useMemo(() => lineageSteps(graph, start, way), [graph, start, way]);
  const [drawn, setDrawn] = useState(portion);
  const total = steps.reduce((sum, { nodes }) => sum + nodes.length, 0);
  return (
    <Card title={words[way]}>
      {steps.length === 0 && (
        <Text size="sm" c="dimmed">
          {way === 'up' ? words.noneUp : words.noneDown}
        </Text>
      )}
      <Stack>
        {firstOfSteps(steps, drawn).map(({ distance, nodes }) => (
          <section key={distance}>
            <Title order={3} size="h6" c="dimmed">
              {words.away(distance)}
            </Title>
            <ul className={classes.plain}>
              {nodes.map((found) => (
                <Item key={found.node.id} {...shared} {...found} way={way} />
              ))}
            </ul>
          </section>
        ))}
        {total > drawn && (
          <Button variant="default" onClick={() => setDrawn(drawn + portion)}>
            {texts.common.more}
          </Button>
        )}
      </Stack>
    </Card>
  );
}

function Item({
  node,
  links,
  way,
  graph,
  shown,
  mirrorOf,
}: Shared & StepNode & { way: 'up' | 'down' }) {
  const mirror = mirrorOf(node);
  const { name, detail, project } = nodeWords(node);
  const others = [...grouped(links, (link) => (way === 'up' ? link.to : link.from))];
  return (
    <li className={classes.item}>
      <KindIcon kind={node.kind} className={classes.icon} />
      <div>
        <PageLink {...{ node, mirror }}>
          <bdi>{name}</bdi>
        </PageLink>
        <Text size="sm" c="dimmed">
          {[words.kinds[node.kind], detail, project].filter(Boolean).join(' · ')}
        </Text>
        {others.map(([id, ofOne]) => {
          const other = graph.nodes.get(id);
          const verb = way === 'up' ? words.feedsThese : words.fedByThese;
          return (
            other && (
              <Text key={id} size="sm">
                {verb} <bdi>{nodeWords(other).name}</bdi>
                <Text span size="sm" c="dimmed">{` (${linkWords(ofOne)})`}</Text>
              </Text>
            )
          );
        })}
      </div>
      <FromHereLink {...{ node, mirror, shown }} />
    </li>
  );
}
