import { Alert, Button, Group, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { conflictPath } from '../../parts/knowledge/paths.ts';
import { texts } from '../../texts/index.ts';
import { conflictOfQuery } from './entry-queries.ts';

const words = texts.entry;

/** Says that somebody has to decide about an entry, and leads to it. */
export function ToDecide({ space, entry }: { space: string; entry: string }) {
  const { data } = useQuery(conflictOfQuery(space, entry));
  const conflict = data?.items[0]?.id;
  return (
    <Alert color="orange">
      <Group justify="space-between">
        <Text size="sm">{words.toDecide}</Text>
        {conflict !== undefined && (
          <Button
            size="xs"
            renderRoot={(props) => <Link {...props} to={conflictPath(space, conflict)} />}
          >
            {words.decide}
          </Button>
        )}
      </Group>
    </Alert>
  );
}
