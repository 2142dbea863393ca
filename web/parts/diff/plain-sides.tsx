import { Stack, Text } from '@mantine/core';
import { texts } from '../../texts/index.ts';
import classes from './plain-sides.module.css';

const words = texts.commit;

/** Both texts of a file as they are, for those that cannot be compared. */
export function PlainSides({
  name,
  before,
  after,
}: {
  name: string;
  before: string | null;
  after: string | null;
}) {
  const sides = [
    { title: words.before, text: before },
    { title: words.after, text: after },
  ];
  return (
    <Stack gap="xs" px="sm" pb="sm">
      <Text size="sm" c="dimmed">
        {words.tooDifferent}
      </Text>
      {sides.map(({ title, text }) => (
        <div key={title}>
          <Text size="xs" fw={600}>
            {title}
          </Text>
          {/* It scrolls, so the keyboard has to get there. */}
          <pre className={classes.text} tabIndex={0} role="group" aria-label={`${name}: ${title}`}>
            {text}
          </pre>
        </div>
      ))}
    </Stack>
  );
}
