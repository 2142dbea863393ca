import { UnstyledButton } from '@mantine/core';
import type { OutlineItem } from '../../../editor/text/outline.ts';
import { Card } from '../../../parts/card.tsx';
import { texts } from '../../../texts/index.ts';
import classes from './outline.module.css';

/** With fewer headings, one sees what there is. */
const fewest = 3;

/** The headings of a long text, to go to. */
export function Outline({
  items,
  onGo,
}: {
  items: readonly OutlineItem[];
  onGo: (at: number) => void;
}) {
  if (items.length < fewest) return null;
  return (
    <Card title={texts.entry.outline}>
      <ul className={classes.list}>
        {items.map(({ level, text }, at) => (
          // Two headings may say the same.
          <li key={at} data-level={level}>
            <UnstyledButton className={classes.item} onClick={() => onGo(at)}>
              {text}
            </UnstyledButton>
          </li>
        ))}
      </ul>
    </Card>
  );
}
