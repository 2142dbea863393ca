import { Button, Checkbox, Group, Select, Stack, Text } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import type { JsonSchema } from '../../../model/knowledge/entry.ts';
import type { Space } from '../../api/types.ts';
import { Card } from '../../parts/card.tsx';
import { kindWords } from '../../parts/knowledge/kind-words.ts';
import { spacePath } from '../../parts/knowledge/paths.ts';
import { useRights } from '../../parts/knowledge/rights.ts';
import { ProblemAlert } from '../../parts/problem-alert.tsx';
import { texts } from '../../texts/index.ts';
import { operationQuery, operationsQuery } from '../space/operations/operation-queries.ts';
import { ColumnMapping } from './column-mapping.tsx';
import { clashesOf, columnsToSend, guessColumns, type Target } from './guess-columns.ts';
import { startImport, type Wanted } from './import-queries.ts';
import { LeftOutList } from './left-out-list.tsx';
import type { GivenTable, GivenTexts } from './read-given.ts';
import { RowsPreview } from './rows-preview.tsx';
import { TriedImport } from './tried-import.tsx';

const { imports: words } = texts;

/** What was given, how it is to be imported, what that would change, and the button that does it. */
export function ImportForm({
  space,
  given,
  kind: name,
  onKind,
  onAnother,
}: {
  space: Space;
  given: GivenTable | GivenTexts;
  kind: string | undefined;
  onKind: (kind: string | null) => void;
  onAnother: () => void;
}) {
  const client = useQueryClient();
  const navigate = useNavigate();
  const { may } = useRights(space.id);
  const [update, setUpdate] = useState(true);
  const [changed, setChanged] = useState<ReadonlyMap<string, Target>>(new Map());
  const kinds = space.kinds.filter((one) => one.file === null && may('editor', one.name));
  const found = kinds.find((one) => one.name === name);
  const kind = found === undefined ? null : { ...found, schema: found.schema as JsonSchema };
  const table = given.form === 'table' ? given : null;
  const mapping =
    table === null || kind === null
      ? null
      : new Map([...guessColumns(table.head.columns, kind), ...changed]);
  const wanted: Wanted = {
    ...{ given, update, kind: kind?.name ?? null },
    columns: mapping === null || kind === null ? {} : columnsToSend(mapping, kind),
  };
  const preview = useMutation({ mutationFn: () => startImport(space.id, wanted, true) });
  const start = useMutation({
    mutationFn: () => startImport(space.id, wanted, false),
    onSuccess: (operation) => {
      client.setQueryData(operationQuery(space.id, operation.id).queryKey, operation);
      void client.invalidateQueries(operationsQuery(space.id));
      void navigate({ to: spacePath(space.id, 'operations', operation.id) });
    },
  });
  // What was shown no longer is what would be imported.
  const change = () => {
    preview.reset();
    start.reset();
  };
  const clashes = mapping === null ? 0 : clashesOf(mapping).size;
  const isReady = table === null || (kind !== null && clashes === 0);
  return (
    <Stack>
      <Card
        title={words.whatTitle}
        aside={
          <Button variant="default" size="xs" onClick={onAnother}>
            {words.another}
          </Button>
        }
      >
        <Stack>
          <Text fw={500}>
            {given.form === 'table' ? given.name : words.given.texts(given.items.length)}
          </Text>
          {given.form === 'texts' && <LeftOutList left={given.left} />}
          <Select
            label={table === null ? words.kindOfFiles : words.kindOfRows}
            {...(table === null && { description: words.kindOfFilesHint })}
            placeholder={words.chooseKind}
            data={kinds.map((one) => ({ value: one.name, label: kindWords(one).many }))}
            value={kind?.name ?? null}
            onChange={(chosen) => {
              change();
              setChanged(new Map());
              onKind(chosen);
            }}
            clearable={table === null}
            allowDeselect={table === null}
            required={table !== null}
            maw="24rem"
          />
          <Checkbox
            label={words.update}
            description={words.updateHint}
            checked={update}
            onChange={(event) => {
              change();
              setUpdate(event.currentTarget.checked);
            }}
          />
        </Stack>
      </Card>
      {table !== null && kind !== null && mapping !== null && (
        <>
          <ColumnMapping
            head={table.head}
            kind={kind}
            mapping={mapping}
            onChange={(column, target) => {
              change();
              setChanged((before) => new Map([...before, [column, target]]));
            }}
          />
          {clashes === 0 && <RowsPreview head={table.head} kind={kind} mapping={mapping} />}
        </>
      )}
      {preview.error && <ProblemAlert error={preview.error} />}
      {start.error && <ProblemAlert error={start.error} />}
      {preview.data === undefined ? (
        <Group>
          <Button loading={preview.isPending} disabled={!isReady} onClick={() => preview.mutate()}>
            {words.preview}
          </Button>
        </Group>
      ) : (
        <TriedImport
          key={preview.data.id}
          tried={preview.data}
          isStarting={start.isPending}
          onStart={() => start.mutate()}
          onAgain={() => preview.reset()}
        />
      )}
    </Stack>
  );
}
