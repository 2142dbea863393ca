import { Badge, NavLink, Skeleton, Text } from '@mantine/core';
import {
  IconArrowsSplit,
  IconChecklist,
  IconFileText,
  IconHome,
  IconSearch,
  IconSettings,
  IconStack2,
  type Icon,
} from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { Link, useRouterState } from '@tanstack/react-router';
import type { Space } from '../api/types.ts';
import { shownKinds } from '../parts/knowledge/shown-kinds.ts';
import { kindPath, spacePath } from '../parts/knowledge/paths.ts';
import { spaceQuery } from '../parts/knowledge/space-queries.ts';
import { useSpaceNews } from '../parts/knowledge/use-space-news.ts';
import { texts } from '../texts/index.ts';
import classes from './navigation.module.css';

const { space: words } = texts;
const compact = new Intl.NumberFormat('en', { notation: 'compact' });

/** The pages of the space that is open: its home, its kinds as it has them now, and what people decide there. */
export function SpaceNavigation({ space: id }: { space: string }) {
  useSpaceNews(id);
  const { data: space } = useQuery(spaceQuery(id));
  const hasPage = hasEnvironments(space);
  const { used, unused } = shownKinds(space, hasPage ? ['environment'] : []);
  const kindLink = ({ name, many, count }: (typeof used)[number]) => (
    <PlaceLink key={name} to={kindPath(id, name)} label={many} icon={IconFileText} count={count} />
  );
  return (
    <>
      <Text size="xs" c="dimmed" fw={600} mt="md" mb={4} px="sm">
        {space?.name ?? id}
      </Text>
      <PlaceLink to={spacePath(id)} label={words.home} icon={IconHome} isExact />
      <PlaceLink to={spacePath(id, 'entries')} label={words.allEntries} icon={IconSearch} isExact />
      {space === undefined && <Skeleton h={120} my="xs" />}
      {used.map(kindLink)}
      {unused.length > 0 && (
        <NavLink
          component="button"
          type="button"
          className={classes.link}
          label={words.moreKinds}
          defaultOpened={used.length === 0}
        >
          {unused.map(kindLink)}
        </NavLink>
      )}
      {hasPage && (
        <PlaceLink
          to={spacePath(id, 'environments')}
          label={texts.environments.title}
          icon={IconStack2}
        />
      )}
      <PlaceLink to={spacePath(id, 'reviews')} label={words.reviews} icon={IconChecklist} />
      <PlaceLink
        to={spacePath(id, 'conflicts')}
        label={words.conflictsPage}
        icon={IconArrowsSplit}
        count={space?.openConflicts ?? 0}
        isAlarming
      />
      <PlaceLink to={spacePath(id, 'settings')} label={words.settingsPage} icon={IconSettings} />
    </>
  );
}

/** Environments are for prompts, and shown where there are either. */
function hasEnvironments(space: Space | undefined): boolean {
  return ['environment', 'system-prompt'].some((kind) => (space?.entries[kind] ?? 0) > 0);
}

function PlaceLink({
  to,
  label,
  icon: PlaceIcon,
  count = 0,
  isExact = false,
  isAlarming = false,
}: {
  to: string;
  label: string;
  icon: Icon;
  count?: number;
  /** Whether what is below it has a place of its own. */
  isExact?: boolean;
  /** Whether the count is something to do. */
  isAlarming?: boolean;
}) {
  const path = useRouterState({ select: ({ location }) => location.pathname });
  const isHere = path === to || (!isExact && path.startsWith(`${to}/`));
  return (
    <NavLink
      className={classes.link}
      renderRoot={(props) => (
        // Otherwise all pages of the space would be below its home.
        <Link to={to} activeOptions={{ exact: true, includeSearch: false }} {...props} />
      )}
      label={label}
      active={isHere}
      aria-current={isHere ? 'page' : undefined}
      leftSection={<PlaceIcon size={18} aria-hidden />}
      rightSection={
        count > 0 && (
          <Badge
            size="sm"
            variant={isAlarming ? 'filled' : 'transparent'}
            color={isAlarming ? 'red' : 'gray'}
            {...(!isAlarming && { c: 'dimmed' })}
          >
            {compact.format(count)}
          </Badge>
        )
      }
    />
  );
}
