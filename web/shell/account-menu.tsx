import {
  ActionIcon,
  Avatar,
  Menu,
  Text,
  useMantineColorScheme,
  VisuallyHidden,
  type MantineColorScheme,
} from '@mantine/core';
import { IconDeviceDesktop, IconLogout, IconMoon, IconSun } from '@tabler/icons-react';
import type { Caller } from '../api/types.ts';
import { texts } from '../texts/index.ts';
import { signOut } from './sign-out.ts';

const { shell, common } = texts;

const schemes = [
  { scheme: 'auto', icon: IconDeviceDesktop },
  { scheme: 'light', icon: IconSun },
  { scheme: 'dark', icon: IconMoon },
] as const;

/** Who is signed in, and what they may choose for themselves. */
export function AccountMenu({ caller }: { caller: Caller }) {
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  return (
    // Without the placeholder, which has no place in a menu (WAI-ARIA 1.2, 5.2.6).
    <Menu width={240} position="bottom-end" withInitialFocusPlaceholder={false}>
      <Menu.Target>
        <ActionIcon variant="subtle" size="lg" radius="xl">
          <Avatar name={caller.name} color="initials" size={32} alt="" aria-hidden />
          <VisuallyHidden>{shell.account}</VisuallyHidden>
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>
          <Text size="sm">{shell.signedInAs(caller.name)}</Text>
          <Text size="xs">{caller.email ?? common.roles[caller.role].name}</Text>
        </Menu.Label>
        <Menu.Divider />
        <Menu.Label>{shell.lightOrDark}</Menu.Label>
        <Menu.RadioGroup
          value={colorScheme}
          onChange={(value) => setColorScheme(value as MantineColorScheme)}
        >
          {schemes.map(({ scheme, icon: SchemeIcon }) => (
            <Menu.RadioItem
              key={scheme}
              value={scheme}
              rightSection={<SchemeIcon size={16} aria-hidden />}
            >
              {shell.schemes[scheme]}
            </Menu.RadioItem>
          ))}
        </Menu.RadioGroup>
        <Menu.Divider />
        <Menu.Item
          leftSection={<IconLogout size={16} aria-hidden />}
          onClick={() => void signOut()}
        >
          {shell.signOut}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
