import { Select, Text } from '@mantine/core';
import { useEffect } from 'react';
import { texts } from '../../texts/index.ts';

const { project: words } = texts.enable;

/** A branch of a project, as far as one has to know it to choose one. */
export interface ChosenBranch {
  id: string;
  name: string;
  isDefault: boolean;
  hasMirror?: boolean;
}

/** The branch to mirror: at first the default one, unless it has a mirror already. */
export function BranchField({
  branches,
  count,
  value,
  onChange,
}: {
  branches: ChosenBranch[];
  /** How many there are; not all of them may be listed. */
  count: number;
  value: string;
  onChange: (id: string) => void;
}) {
  const free = branches.filter(({ hasMirror }) => hasMirror !== true);
  const isFree = free.some(({ id }) => id === value);
  const first = (free.find(({ isDefault }) => isDefault) ?? free[0])?.id ?? '';
  useEffect(() => {
    if (!isFree && value !== first) onChange(first);
  });
  if (free.length === 0) return <Text c="red">{words.allMirrored}</Text>;
  return (
    <Select
      label={words.branch}
      description={
        count > branches.length ? words.moreBranches(count - branches.length) : words.branchHint
      }
      data={branches.map((branch) => ({
        value: branch.id,
        label: labelOf(branch),
        disabled: branch.hasMirror === true,
      }))}
      value={isFree ? value : null}
      onChange={(id) => id !== null && onChange(id)}
      searchable={branches.length > 10}
      required
      allowDeselect={false}
    />
  );
}

function labelOf({ name, isDefault, hasMirror }: ChosenBranch): string {
  const text = isDefault ? words.isDefault(name) : name;
  return hasMirror === true ? words.hasMirror(text) : text;
}
