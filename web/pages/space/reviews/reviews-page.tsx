import { SegmentedControl, Stack, Text } from '@mantine/core';
import { IconChecklist } from '@tabler/icons-react';
import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { EmptyState } from '../../../parts/empty-state.tsx';
import { spacePath } from '../../../parts/knowledge/paths.ts';
import { spaceQuery } from '../../../parts/knowledge/space-queries.ts';
import { PageHeader } from '../../../parts/page-header.tsx';
import { PagedRows } from '../../../parts/paged-rows.tsx';
import { RowLink } from '../../../parts/row-list.tsx';
import { Time } from '../../../parts/time.tsx';
import { texts } from '../../../texts/index.ts';
import { reviewsQuery } from './review-queries.ts';
import { ReviewState } from './review-state.tsx';
import { reviewsSearch } from './reviews-search.ts';

const route = getRouteApi('/signed-in/spaces/$space/reviews');
const { reviews: words } = texts;

/** The reviews of a space: those that go on, and those that have ended. */
export function ReviewsPage() {
  const { space: id } = route.useParams();
  const { state } = route.useSearch();
  const navigate = route.useNavigate();
  const { data: space } = useQuery(spaceQuery(id));
  const query = useInfiniteQuery(reviewsQuery(id, state ?? 'under_way'));
  return (
    <>
      <PageHeader title={words.title} detail={space?.name ?? id} />
      <Stack>
        <SegmentedControl
          aria-label={words.which}
          w="fit-content"
          value={state ?? 'open'}
          onChange={(value) =>
            void navigate({ search: reviewsSearch({ state: value }), replace: true })
          }
          data={[
            { value: 'open', label: words.open },
            { value: 'ended', label: words.ended },
          ]}
        />
        <PagedRows
          query={query}
          label={words.title}
          keyOf={({ number }) => number}
          empty={
            <EmptyState
              icon={<IconChecklist size={40} aria-hidden />}
              title={state === 'ended' ? words.emptyEnded : words.emptyOpen}
            >
              {state !== 'ended' && <Text c="dimmed">{words.emptyOpenHint}</Text>}
            </EmptyState>
          }
          columns={[
            {
              name: words.columns.title,
              cell: ({ number, title }) => (
                <>
                  <RowLink to={spacePath(id, 'reviews', String(number))}>{title}</RowLink>{' '}
                  <Text span size="sm" c="dimmed">
                    {words.number(number)}
                  </Text>
                </>
              ),
            },
            { name: words.columns.state, cell: (review) => <ReviewState review={review} /> },
            { name: words.columns.author, cell: ({ author }) => author.name },
            { name: words.columns.updated, cell: ({ updatedAt }) => <Time at={updatedAt} /> },
          ]}
        />
      </Stack>
    </>
  );
}
