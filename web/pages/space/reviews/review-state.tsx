import { Badge } from '@mantine/core';
import { texts } from '../../../texts/index.ts';
import badge from '../../../parts/streams/state-badge.module.css';
import type { Review } from './review-queries.ts';

const { reviews: words } = texts;

const colors: Record<Review['state'], string> = {
  opening: 'blue',
  open: 'grape',
  merging: 'blue',
  merged: 'teal',
  closed: 'gray',
};

/** Where a review is, and whether it waits for the one who looks. */
export function ReviewState({
  review: { state, awaitsYou },
}: {
  review: Pick<Review, 'state' | 'awaitsYou'>;
}) {
  return (
    <Badge
      color={awaitsYou ? 'orange' : colors[state]}
      variant="light"
      radius="sm"
      tt="none"
      classNames={{ root: badge.badge, label: badge.label }}
    >
      {awaitsYou ? words.awaits : words.states[state]}
    </Badge>
  );
}
