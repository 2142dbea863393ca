import { Button, Text } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { EmptyState } from '../../../parts/empty-state.tsx';
import { texts } from '../../../texts/index.ts';
import type { MirrorPath } from '../mirror-queries.ts';

const words = texts.lineage;
const titles = { both: words.emptyTitle, up: words.emptyUpTitle, down: words.emptyDownTitle };

/** Said where nothing is connected with the start. */
export function NoLineage({
  direction,
  onBoth,
}: {
  direction: 'up' | 'down' | 'both';
  onBoth: () => void;
}) {
  return (
    <EmptyState title={titles[direction]}>
      <Text c="dimmed">{words.empty}</Text>
      {direction !== 'both' && (
        <Button variant="light" onClick={onBoth}>
          {words.bothWays}
        </Button>
      )}
    </EmptyState>
  );
}

/** Said where the mirror does not have what an address names; `children` say what it is. */
export function GoneObject({ path, children }: { path: MirrorPath; children: string }) {
  return (
    <EmptyState title={words.goneTitle}>
      <Text c="dimmed">{children}</Text>
      <Button
        variant="light"
        renderRoot={(props) => (
          <Link {...props} to="/mirrors/$project/$branch/contents" params={path} />
        )}
      >
        {words.toContents}
      </Button>
    </EmptyState>
  );
}
