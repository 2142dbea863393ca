import { Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { texts } from '../../../texts/index.ts';
import { otherEditorsQuery } from '../entry-queries.ts';

const words = texts.entry;

/** Says who else is writing an entry at this time. */
export function AlsoWriting({ space, entry }: { space: string; entry: string }) {
  const { data } = useQuery(otherEditorsQuery(space, entry));
  const others = [...new Set(data?.items.map(({ name }) => name))];
  return (
    <Text size="sm" role="status" hidden={others.length === 0}>
      {others.length === 0 ? '' : words.alsoWriting(others)}
    </Text>
  );
}
