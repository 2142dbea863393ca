import { Box, Button, Group, Select, TextInput } from '@mantine/core';
import { IconFilter } from '@tabler/icons-react';
import { useId, useState } from 'react';
import { texts } from '../../../texts/index.ts';
import type { AuditChange, AuditSearch } from './audit-search.ts';

const { audit: words } = texts;

/** The filters of the audit log. A name is looked for when it was typed, not with each letter. */
export function AuditFilters({
  search,
  onChange,
}: {
  search: AuditSearch;
  onChange: (changed: AuditChange) => void;
}) {
  const { actor = '', action = '', target = '', from = '', to = '' } = search;
  const isFiltered = [actor, action, target, from, to].some((value) => value !== '');
  // On a phone they would take the first screen.
  const [isOpen, setOpen] = useState(isFiltered);
  const id = useId();
  return (
    <Box component="search" aria-label={words.filters}>
      <Button
        variant="default"
        hiddenFrom="sm"
        mb={isOpen ? 'sm' : 0}
        leftSection={<IconFilter size={16} aria-hidden />}
        aria-expanded={isOpen}
        aria-controls={id}
        onClick={() => setOpen(!isOpen)}
      >
        {words.filters}
      </Button>
      <Group
        id={id}
        gap="sm"
        align="flex-end"
        display={{ base: isOpen ? 'flex' : 'none', sm: 'flex' }}
      >
        <Words
          label={words.actor}
          hint={words.actorHint}
          value={actor}
          onDone={(value) => onChange({ actor: value })}
        />
        <Select
          label={words.action}
          flex="1 1 12rem"
          placeholder={words.anyAction}
          data={actionsWith(action)}
          value={action === '' ? null : action}
          onChange={(value) => onChange({ action: value ?? undefined })}
          clearable
          clearButtonProps={{ 'aria-label': words.anyAction }}
          searchable
        />
        <Words
          label={words.target}
          hint={words.targetHint}
          value={target}
          onDone={(value) => onChange({ target: value })}
        />
        <TextInput
          label={words.from}
          type="date"
          flex="1 1 9rem"
          value={from}
          onChange={(event) => onChange({ from: event.currentTarget.value })}
        />
        <TextInput
          label={words.to}
          type="date"
          flex="1 1 9rem"
          value={to}
          onChange={(event) => onChange({ to: event.currentTarget.value })}
        />
        {isFiltered && (
          <Button
            variant="subtle"
            onClick={() =>
              onChange({
                ...{ actor: undefined, action: undefined, target: undefined },
                ...{ from: undefined, to: undefined },
              })
            }
          >
            {words.clear}
          </Button>
        )}
      </Group>
    </Box>
  );
}

/** What can be chosen: all actions on a subject, or one action. What an address asks for is among it. */
function actionsWith(asked: string) {
  const options = (known: Record<string, string>) =>
    Object.entries(known).map(([value, label]) => ({ value, label }));
  const isKnown = asked === '' || asked in words.subjects || asked in words.actions;
  return [
    ...(isKnown ? [] : [{ value: asked, label: asked }]),
    { group: words.allOf, items: options(words.subjects) },
    { group: words.single, items: options(words.actions) },
  ];
}

function Words({
  label,
  hint,
  value,
  onDone,
}: {
  label: string;
  hint: string;
  value: string;
  onDone: (value: string) => void;
}) {
  const [text, setText] = useState(value);
  // The address changed otherwise: by a link, or by going back.
  const [before, setBefore] = useState(value);
  if (before !== value) {
    setBefore(value);
    setText(value);
  }
  const done = () => {
    if (text.trim() !== value) onDone(text.trim());
  };
  return (
    <TextInput
      label={label}
      placeholder={hint}
      flex="1 1 11rem"
      value={text}
      onChange={(event) => setText(event.currentTarget.value)}
      onBlur={done}
      onKeyDown={(event) => {
        if (event.key === 'Enter') done();
      }}
    />
  );
}
