import { ActionIcon, Group, MultiSelect, Paper, Select, Stack, Text } from '@mantine/core';
import { IconX } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import type { Role } from '../../../../model/access/roles.ts';
import { texts } from '../../../texts/index.ts';
import { spacesQuery } from './access-queries.ts';
import { rolesWithin, type SpaceForm } from './grants-form.ts';

const { access, common } = texts;

/** Chooses spaces and, in each, kinds and a role. `role`: the one that a space can only take from. */
export function SpaceFields({
  role,
  chosen,
  error,
  onChange,
}: {
  role: Role;
  chosen: SpaceForm[];
  error: string | undefined;
  onChange: (spaces: SpaceForm[]) => void;
}) {
  const { data: spaces = [] } = useQuery(spacesQuery);
  const left = spaces.filter(({ id }) => !chosen.some(({ space }) => space === id));
  const change = (space: string, changed: Partial<SpaceForm>) =>
    onChange(chosen.map((one) => (one.space === space ? { ...one, ...changed } : one)));
  return (
    <Stack gap="xs">
      {chosen.map((grant) => (
        <SpaceGrant
          key={grant.space}
          grant={grant}
          role={role}
          known={spaces.find(({ id }) => id === grant.space)?.kinds.map(({ name }) => name) ?? []}
          onChange={(changed) => change(grant.space, changed)}
          onRemove={() => onChange(chosen.filter(({ space }) => space !== grant.space))}
        />
      ))}
      <Select
        aria-label={access.addSpace}
        placeholder={access.addSpace}
        data={left.map(({ id, name }) => ({
          value: id,
          label: name === id ? id : `${name} (${id})`,
        }))}
        value={null}
        onChange={(space) =>
          space !== null && onChange([...chosen, { space, kinds: [], role: null }])
        }
        error={error}
        searchable
        nothingFoundMessage={access.noSpaceLeft}
      />
    </Stack>
  );
}

function SpaceGrant({
  grant: { space, kinds, role: granted },
  role,
  known,
  onChange,
  onRemove,
}: {
  grant: SpaceForm;
  role: Role;
  known: string[];
  onChange: (changed: Partial<SpaceForm>) => void;
  onRemove: () => void;
}) {
  const within = rolesWithin(role);
  return (
    <Paper withBorder p="xs" role="group" aria-label={space}>
      <Group justify="space-between" wrap="nowrap" mb={4}>
        <Text size="sm" fw={600}>
          {space}
        </Text>
        <ActionIcon
          variant="subtle"
          color="gray"
          aria-label={access.removeSpace(space)}
          onClick={onRemove}
        >
          <IconX size={16} aria-hidden />
        </ActionIcon>
      </Group>
      <Group gap="xs" align="flex-start">
        <MultiSelect
          flex="1 1 12rem"
          aria-label={access.kindsIn(space)}
          placeholder={kinds.length === 0 ? access.allKinds : ''}
          data={[...new Set([...known, ...kinds])]}
          value={kinds}
          onChange={(chosen) => onChange({ kinds: chosen })}
          hidePickedOptions
        />
        <Select
          flex="1 1 10rem"
          aria-label={access.roleInSpace(space)}
          data={[
            { value: '', label: access.sameRole(common.roles[role].name) },
            ...within.map((one) => ({ value: one, label: common.roles[one].name })),
          ]}
          value={granted !== null && within.includes(granted) ? granted : ''}
          onChange={(chosen) => onChange({ role: within.find((one) => one === chosen) ?? null })}
          allowDeselect={false}
        />
      </Group>
    </Paper>
  );
}
