import { Text } from '@mantine/core';
import { useMemo } from 'react';
import 'react-diff-view/style/index.css';
import { texts } from '../../texts/index.ts';
import { compare } from './compare.ts';
import { DiffLines } from './diff-lines.tsx';
import { PlainSides } from './plain-sides.tsx';

const words = texts.commit;

/** What differs between two texts of a file. A side that was not there is `null`. */
export function FileDiff({
  name,
  before,
  after,
}: {
  name: string;
  before: string | null;
  after: string | null;
}) {
  const changes = useMemo(() => compare(before, after), [before, after]);
  if (changes === null) return <PlainSides name={name} before={before} after={after} />;
  if (changes.length === 0)
    return (
      <Text size="sm" c="dimmed" px="sm" pb="sm">
        {words.emptyFile}
      </Text>
    );
  return <DiffLines name={name} changes={changes} />;
}
