import { AppShell, Burger, Button, Container, Group, Text, UnstyledButton } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { IconSearch } from '@tabler/icons-react';
import { Link, Outlet, useRouter, useRouterState } from '@tanstack/react-router';
import { useEffect } from 'react';
import { useQuery } from '@tanstack/react-query';
import { sessionQuery } from '../api/session.ts';
import { texts } from '../texts/index.ts';
import { AccountMenu } from './account-menu.tsx';
import { ConnectionNotice } from './connection-notice.tsx';
import { Logo } from './logo.tsx';
import { Navigation } from './navigation.tsx';
import { Palette, openPalette } from './palette.tsx';
import classes from './shell.module.css';

/** What surrounds every page of somebody who is signed in: where one can go, what one can find, and who one is. */
export function Shell() {
  const [opened, { toggle, close }] = useDisclosure();
  const router = useRouter();
  const path = useRouterState({ select: ({ location }) => location.pathname });
  useEffect(close, [path, close]);
  const { data: session } = useQuery(sessionQuery);
  // The session ended while a page was open: the router asks for signing in.
  useEffect(() => {
    if (session === null) void router.invalidate();
  }, [session, router]);
  if (session == null) return null;

  return (
    <AppShell
      header={{ height: 56 }}
      navbar={{ width: 216, breakpoint: 'sm', collapsed: { mobile: !opened } }}
      padding="md"
    >
      <a href="#content" className={classes.skip}>
        {texts.shell.skip}
      </a>
      <AppShell.Header>
        <Group h="100%" px="md" justify="space-between" wrap="nowrap">
          <Group gap="sm" wrap="nowrap">
            <Burger
              opened={opened}
              onClick={toggle}
              hiddenFrom="sm"
              size="sm"
              aria-label={texts.shell.menu}
              aria-expanded={opened}
            />
            <UnstyledButton component={Link} to="/" className={classes.brand}>
              <Logo />
              <Text fw={700} component="span">
                {texts.shell.title}
              </Text>
            </UnstyledButton>
          </Group>
          <Group gap="xs" wrap="nowrap">
            <Button
              variant="default"
              leftSection={<IconSearch size={16} aria-hidden />}
              onClick={openPalette}
              aria-keyshortcuts="Control+K Meta+K"
            >
              {texts.shell.search}
            </Button>
            <AccountMenu caller={session.caller} />
          </Group>
        </Group>
      </AppShell.Header>
      <AppShell.Navbar p="sm">
        <Navigation />
      </AppShell.Navbar>
      <AppShell.Main id="content" tabIndex={-1} className={classes.main}>
        <ConnectionNotice />
        <Container size="lg" px={0}>
          <Outlet />
        </Container>
      </AppShell.Main>
      <Palette />
    </AppShell>
  );
}
