import { Text } from '@mantine/core';
import { texts } from '../../../texts/index.ts';
import type { Hold } from './hold-queries.ts';
import classes from './hold.module.css';

/** The first of the paths, and how many more there are. */
export function HoldPaths({
  label,
  files: { count, first },
}: {
  label: string;
  files: Hold['files']['removes'];
}) {
  return (
    <>
      <ul tabIndex={0} aria-label={label} className={classes.paths}>
        {first.map((path) => (
          <li key={path}>{path}</li>
        ))}
      </ul>
      {count > first.length && <Text size="xs">{texts.hold.moreFiles(count - first.length)}</Text>}
    </>
  );
}
