import { Chip, Group, Select } from '@mantine/core';
import { syncStatuses } from '../../../model/knowledge/sync-status.ts';
import { useCaller } from '../../api/session.ts';
import { SearchField } from '../../parts/search-field.tsx';
import { texts } from '../../texts/index.ts';
import { sorts, type EntriesSearch } from './entries-search.ts';
import { FieldFilter } from './field-filter.tsx';
import type { ScalarField } from './scalar-fields.ts';
import { fieldTerm, hasTerm, withoutTerm, withTerm } from './search-terms.ts';

const { entries: words } = texts;
const anyStatus = 'any';

/** What one looks for in a list of entries, and how it is ordered; all of it is in the address. */
export function EntriesTools({
  search,
  fields,
  onChange,
}: {
  search: EntriesSearch;
  /** Those that one can narrow the list by. */
  fields: ScalarField[];
  onChange: (changed: { [Name in keyof EntriesSearch]?: unknown }) => void;
}) {
  const { email } = useCaller();
  const { q = '', status, sort = 'title' } = search;
  const own = email === null ? null : fieldTerm('owners.email', email);
  return (
    <Group component="search" gap="sm" aria-label={words.search} align="center">
      <SearchField
        label={words.search}
        placeholder={words.searchHint}
        maxLength={500}
        text={q}
        onText={(text) => onChange({ q: text })}
      />
      <Select
        aria-label={words.status}
        flex="1 1 9rem"
        maw={{ sm: '12rem' }}
        data={[
          { value: anyStatus, label: words.anyStatus },
          ...syncStatuses.map((one) => ({ value: one, label: words.statuses[one].name })),
        ]}
        value={status ?? anyStatus}
        onChange={(chosen) => onChange({ status: chosen ?? undefined })}
        allowDeselect={false}
      />
      <Select
        aria-label={words.sort}
        flex="1 1 9rem"
        maw={{ sm: '12rem' }}
        data={sorts.map((one) => ({ value: one, label: words.sorts[one] }))}
        value={sort}
        onChange={(chosen) => onChange({ sort: chosen ?? undefined })}
        allowDeselect={false}
        hiddenFrom="sm"
      />
      <FieldFilter fields={fields} onTerm={(term) => onChange({ q: withTerm(q, term) })} />
      {own !== null && (
        <Chip
          checked={hasTerm(q, own)}
          onChange={(isOn) => onChange({ q: isOn ? withTerm(q, own) : withoutTerm(q, own) })}
          title={words.mineHint}
        >
          {words.mine}
        </Chip>
      )}
    </Group>
  );
}
