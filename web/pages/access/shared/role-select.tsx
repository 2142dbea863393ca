import { Select, Text } from '@mantine/core';
import { roles, type Role } from '../../../../model/access/roles.ts';
import { texts } from '../../../texts/index.ts';

const { common } = texts;

/** Chooses a role. What each may do stands beside it, and below what was chosen. */
export function RoleSelect({
  label,
  value,
  error,
  onChange,
}: {
  label: string;
  value: Role;
  error?: string | undefined;
  onChange: (role: Role) => void;
}) {
  return (
    <Select
      label={label}
      description={common.roles[value].meaning}
      inputWrapperOrder={['label', 'input', 'description', 'error']}
      data={roles.map((role) => ({ value: role, label: common.roles[role].name }))}
      value={value}
      onChange={(chosen) => chosen !== null && onChange(chosen)}
      error={error}
      allowDeselect={false}
      checkIconPosition="right"
      // All of them, so that nobody has to scroll to compare.
      maxDropdownHeight={420}
      renderOption={({ option }) => (
        <div>
          <Text size="sm" fw={600}>
            {option.label}
          </Text>
          <Text size="xs">{common.roles[option.value].meaning}</Text>
        </div>
      )}
    />
  );
}
