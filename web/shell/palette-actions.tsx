import { useMantineColorScheme } from '@mantine/core';
import {
  IconBook,
  IconGitBranch,
  IconKey,
  IconLogout,
  IconMoon,
  IconPassword,
  IconSun,
  IconUserPlus,
} from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { useMay } from '../api/session.ts';
import { texts } from '../texts/index.ts';
import { signOut } from './sign-out.ts';

const { shell } = texts;

/** Something to do from anywhere. */
export interface PaletteAction {
  label: string;
  icon: ReactNode;
  /** Where it is done, or what does it. */
  act: string | (() => void);
}

/** What the caller may do from anywhere. */
export function usePaletteActions(): PaletteAction[] {
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  const isAdmin = useMay('admin');
  const forAdmins: PaletteAction[] = [
    {
      label: shell.enableMirror,
      icon: <IconGitBranch size={18} aria-hidden />,
      act: '/enable',
    },
    {
      label: shell.addSpace,
      icon: <IconBook size={18} aria-hidden />,
      act: '/new-space',
    },
    {
      label: shell.addPerson,
      icon: <IconUserPlus size={18} aria-hidden />,
      act: '/access/people?open=new',
    },
    {
      label: shell.makeToken,
      icon: <IconPassword size={18} aria-hidden />,
      act: '/access/tokens?open=new',
    },
    {
      label: shell.addCredential,
      icon: <IconKey size={18} aria-hidden />,
      act: '/access/credentials?open=new',
    },
  ];
  const isDark = colorScheme === 'dark';
  return [
    ...(isAdmin ? forAdmins : []),
    {
      label: isDark ? shell.toLight : shell.toDark,
      icon: isDark ? <IconSun size={18} aria-hidden /> : <IconMoon size={18} aria-hidden />,
      act: () => setColorScheme(isDark ? 'light' : 'dark'),
    },
    {
      label: shell.signOut,
      icon: <IconLogout size={18} aria-hidden />,
      act: () => void signOut(),
    },
  ];
}
