import { Anchor, Collapse, Text } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { useId } from 'react';
import { texts } from '../../texts/index.ts';
import classes from './path-list.module.css';

/** How many there are, and the first of them on demand; nothing if there are none. */
export function PathList({
  title,
  paths: { count, first },
}: {
  title: (count: number) => string;
  paths: { count: number; first: string[] };
}) {
  const [isOpen, { toggle }] = useDisclosure(false);
  const id = useId();
  if (count === 0) return null;
  return (
    <div>
      <Anchor
        component="button"
        type="button"
        size="sm"
        aria-expanded={isOpen}
        aria-controls={id}
        onClick={toggle}
      >
        {title(count)}
      </Anchor>
      <Collapse expanded={isOpen} id={id}>
        {/* Somebody without a mouse scrolls it by its focus. */}
        <div role="region" aria-label={title(count)} tabIndex={0} className={classes.scrolled}>
          <ul className={classes.paths}>
            {first.map((path) => (
              <li key={path}>{path}</li>
            ))}
          </ul>
        </div>
        {count > first.length && (
          <Text size="sm" c="dimmed">
            {texts.enable.preview.morePaths(count - first.length)}
          </Text>
        )}
      </Collapse>
    </div>
  );
}
