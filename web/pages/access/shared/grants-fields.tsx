import { Input, MultiSelect, SegmentedControl, Stack, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useId, type ReactNode } from 'react';
import { fieldError } from '../../../parts/field-error.ts';
import { texts } from '../../../texts/index.ts';
import { projectsQuery } from './access-queries.ts';
import type { GrantsForm } from './grants-form.ts';
import { RoleSelect } from './role-select.tsx';
import { SpaceFields } from './space-fields.tsx';

const { access } = texts;

/** The fields that say what somebody may do: role, projects, spaces. `pointer`: where they are in the request. */
export function GrantsFields({
  value,
  error,
  pointer = '',
  onChange,
}: {
  value: GrantsForm;
  error: Error | null;
  pointer?: string;
  onChange: (value: GrantsForm) => void;
}) {
  const change = (changed: Partial<GrantsForm>) => onChange({ ...value, ...changed });
  return (
    <Stack>
      <RoleSelect
        label={access.role}
        value={value.role}
        error={fieldError(error, `${pointer}/role`)}
        onChange={(role) => change({ role })}
      />
      {value.role === 'admin' ? (
        <Text size="sm" c="dimmed">
          {access.adminGrants}
        </Text>
      ) : (
        <>
          <AllOrSome
            label={access.projects}
            hint={access.projectsHint}
            all={access.allProjects}
            some={access.someProjects}
            isAll={value.allProjects}
            onChange={(allProjects) => change({ allProjects })}
          >
            <ProjectsField
              chosen={value.projects}
              error={fieldError(error, `${pointer}/projects`)}
              onChange={(projects) => change({ projects })}
            />
          </AllOrSome>
          <AllOrSome
            label={access.spaces}
            hint={access.spacesHint}
            all={access.allSpaces}
            some={access.someSpaces}
            isAll={value.allSpaces}
            onChange={(allSpaces) => change({ allSpaces })}
          >
            <SpaceFields
              role={value.role}
              chosen={value.spaces}
              error={fieldError(error, `${pointer}/spaces`)}
              onChange={(spaces) => change({ spaces })}
            />
          </AllOrSome>
        </>
      )}
    </Stack>
  );
}

function AllOrSome({
  label,
  hint,
  all,
  some,
  isAll,
  onChange,
  children,
}: {
  label: string;
  hint: string;
  all: string;
  some: string;
  isAll: boolean;
  onChange: (isAll: boolean) => void;
  children: ReactNode;
}) {
  const id = useId();
  return (
    <Input.Wrapper label={label} description={hint} labelElement="div" labelProps={{ id }}>
      <Stack gap="xs" mt={4}>
        <SegmentedControl
          aria-labelledby={id}
          value={isAll ? 'all' : 'some'}
          onChange={(value) => onChange(value === 'all')}
          data={[
            { value: 'some', label: some },
            { value: 'all', label: all },
          ]}
        />
        {!isAll && children}
      </Stack>
    </Input.Wrapper>
  );
}

function ProjectsField({
  chosen,
  error,
  onChange,
}: {
  chosen: string[];
  error: string | undefined;
  onChange: (projects: string[]) => void;
}) {
  const { data: projects = [] } = useQuery(projectsQuery);
  const known = new Map(projects.map(({ id, name }) => [id, name]));
  const ids = new Set([...known.keys(), ...chosen]);
  return (
    <MultiSelect
      aria-label={access.chooseProjects}
      placeholder={chosen.length === 0 ? access.chooseProjects : ''}
      data={[...ids].map((id) => ({ value: id, label: labelOf(id, known.get(id)) }))}
      value={chosen}
      onChange={onChange}
      error={error}
      searchable
      clearable
      clearButtonProps={{ 'aria-label': access.clearFilters }}
      hidePickedOptions
      nothingFoundMessage={projects.length === 0 ? access.noProjectYet : access.nothingMatches}
    />
  );
}

/** A project by its name, with the id that tells it from others of this name. */
function labelOf(id: string, name: string | undefined): string {
  return name === undefined || name === id ? id : `${name} (${id})`;
}
