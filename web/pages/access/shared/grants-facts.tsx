import { List } from '@mantine/core';
import type { ReactNode } from 'react';
import { texts } from '../../../texts/index.ts';
import type { Grants } from './grants-form.ts';

const { access, common } = texts;

/** What somebody may do, as facts: role, projects, spaces. */
export function grantsFacts({ role, projects, spaces }: Grants): [string, ReactNode][] {
  const { name, meaning } = common.roles[role];
  const facts: [string, ReactNode][] = [[access.role, `${name}. ${meaning}`]];
  if (role === 'admin') return facts;
  return [
    ...facts,
    [
      access.projects,
      projects === null
        ? access.allProjects
        : projects.length === 0
          ? access.noProjects
          : projects.join(', '),
    ],
    [
      access.spaces,
      spaces === null ? (
        access.allSpaces
      ) : spaces.length === 0 ? (
        access.noSpaces
      ) : (
        <List key="spaces" size="sm" listStyleType="none">
          {spaces.map(({ space, kinds, role: granted }) => (
            <List.Item key={space}>
              {access.spaceGrant(
                space,
                common.roles[granted].name,
                kinds?.join(', ') ?? access.allKinds,
              )}
            </List.Item>
          ))}
        </List>
      ),
    ],
  ];
}
