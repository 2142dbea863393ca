import { Text } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import type { Space } from '../../../api/types.ts';
import { Card } from '../../../parts/card.tsx';
import { kindPath } from '../../../parts/knowledge/paths.ts';
import { shownKinds } from '../../../parts/knowledge/shown-kinds.ts';
import { texts } from '../../../texts/index.ts';
import classes from './home.module.css';

const { space: words } = texts;

/** What is in a space, by kind; on a phone the way to its lists. */
export function KindsCard({ space }: { space: Space }) {
  const { used } = shownKinds(space);
  return (
    <Card title={words.entries}>
      {used.length === 0 && (
        <Text size="sm" c="dimmed">
          {words.noEntries}
        </Text>
      )}
      <ul className={classes.kinds}>
        {used.map(({ name, many, count }) => (
          <li key={name}>
            <Link to={kindPath(space.id, name)} className={classes.kind}>
              {many}
              <span className={classes.count}>{count.toLocaleString('en')}</span>
            </Link>
          </li>
        ))}
      </ul>
    </Card>
  );
}
