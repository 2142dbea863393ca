import { NavLink, ScrollArea, Text } from '@mantine/core';
import {
  IconBell,
  IconApi,
  IconDeviceLaptop,
  IconHeartbeat,
  IconHistory,
  IconKey,
  IconLayoutDashboard,
  IconLogin2,
  IconPassword,
  IconServer,
  IconUsers,
  type Icon,
} from '@tabler/icons-react';
import { Link, useRouterState } from '@tanstack/react-router';
import { roleAllows, type Role } from '../../model/access/roles.ts';
import { useCaller } from '../api/session.ts';
import { spaceOfPath } from '../parts/knowledge/paths.ts';
import { texts } from '../texts/index.ts';
import classes from './navigation.module.css';
import { SpaceNavigation } from './space-navigation.tsx';

interface Place {
  to: string;
  label: string;
  icon: Icon;
}

const { shell, channels, hostTokens, installationHealth } = texts;

/** The pages under "Access", and who may use them. */
const accessPlaces: (Place & { role: Role })[] = [
  { to: '/access/people', label: shell.people, icon: IconUsers, role: 'admin' },
  { to: '/access/tokens', label: shell.tokens, icon: IconPassword, role: 'admin' },
  { to: '/access/sign-in', label: shell.signIn, icon: IconLogin2, role: 'admin' },
  { to: '/access/audit', label: shell.audit, icon: IconHistory, role: 'admin' },
  { to: '/access/credentials', label: shell.credentials, icon: IconKey, role: 'operator' },
  { to: '/access/notices', label: channels.title, icon: IconBell, role: 'operator' },
  { to: '/access/sessions', label: shell.sessions, icon: IconDeviceLaptop, role: 'agent' },
  { to: '/access/host-tokens', label: hostTokens.title, icon: IconServer, role: 'reader' },
];

/** The pages about everything, of which the caller may use these. */
export function useMainPlaces(): Place[] {
  const { role, projects, spaces } = useCaller();
  const seesAll = roleAllows(role, 'operator') && projects === null && spaces === null;
  return [
    { to: '/', label: shell.overview, icon: IconLayoutDashboard },
    ...(seesAll ? [{ to: '/health', label: installationHealth.title, icon: IconHeartbeat }] : []),
  ];
}

/** The pages under "Access" that the caller may use. */
export function useAccessPlaces(): Place[] {
  const { role } = useCaller();
  return accessPlaces.filter((place) => roleAllows(role, place.role));
}

/** The pages, as a list at the side. */
export function Navigation() {
  const main = useMainPlaces();
  const access = useAccessPlaces();
  const space = useRouterState({ select: ({ location }) => spaceOfPath(location.pathname) });
  return (
    <ScrollArea component="nav" aria-label={shell.menu} h="100%">
      {main.map((place) => (
        <PlaceLink key={place.to} place={place} />
      ))}
      {space !== null && <SpaceNavigation key={space} space={space} />}
      <Text size="xs" c="dimmed" fw={600} mt="md" mb={4} px="sm">
        {shell.access}
      </Text>
      {access.map((place) => (
        <PlaceLink key={place.to} place={place} />
      ))}
      <NavLink
        className={classes.link}
        href="/docs"
        label={shell.apiPage}
        leftSection={<IconApi size={18} aria-hidden />}
        mt="md"
      />
    </ScrollArea>
  );
}

function PlaceLink({ place: { to, label, icon: PlaceIcon } }: { place: Place }) {
  const path = useRouterState({ select: ({ location }) => location.pathname });
  const isHere = to === '/' ? path === '/' : path.startsWith(to);
  return (
    <NavLink
      className={classes.link}
      renderRoot={(props) => <Link to={to} {...props} />}
      label={label}
      active={isHere}
      aria-current={isHere ? 'page' : undefined}
      leftSection={<PlaceIcon size={18} aria-hidden />}
    />
  );
}
