import { Alert, Button, Grid, Group, List, Stack, Text, TextInput } from '@mantine/core';
import { useDebouncedCallback } from '@mantine/hooks';
import { lazy, Suspense, useMemo, useState, type RefObject } from 'react';
import type { EntryFields } from '../../../../model/knowledge/entry.ts';
import { pointerKeys } from '../../../../model/text/json-pointer.ts';
import { ProblemError } from '../../../api/problem-error.ts';
import type { Draft, Entry, Kind } from '../../../api/types.ts';
import { BodyEditor } from '../../../editor/body-editor.tsx';
import type { EditorHandle } from '../../../editor/rich/rich-view.tsx';
import { outlineOf, wordCount } from '../../../editor/text/outline.ts';
import { Card } from '../../../parts/card.tsx';
import { PageLoading } from '../../../parts/page-loading.tsx';
import { ProblemAlert } from '../../../parts/problem-alert.tsx';
import { texts } from '../../../texts/index.ts';
import { EntryForm, problemOf } from '../form/entry-form.tsx';
import { formField } from '../form/form-fields.ts';
import { spoken } from '../form/spoken.ts';
import { ClashPanel } from '../save/clash-panel.tsx';
import { clockTime } from '../save/kept-note.tsx';
import { SecretsPanel } from '../save/secrets-panel.tsx';
import type { Publishing } from '../save/use-publish.ts';
import classes from './entry-editor.module.css';
import { findLinkTargets } from './link-targets.ts';
import { Outline } from './outline.tsx';
import { SaveBar } from './save-bar.tsx';
import type { Start } from './start-editing.ts';
import type { Editing } from './use-editing.ts';

const words = texts.entry;
const SourceView = lazy(() => import('../../../editor/source/source-view.tsx'));
/** After so many milliseconds without typing, what is counted is counted anew. */
const countAfter = 400;

/** An entry as it is edited: its title, its text, its fields, and what becomes of it. */
export function EntryEditor({
  space,
  kind,
  entry,
  start,
  isFile,
  editing,
  publishing,
  editor,
  news,
  onSettle,
  settling,
  onSave,
  onDiscard,
  onTakeOther,
}: {
  space: string;
  kind: Kind;
  /** `null`: it is new. */
  entry: Entry | null;
  start: Start;
  /** Whether the file is edited as a whole, because its front matter cannot be read. */
  isFile: boolean;
  editing: Editing;
  publishing: Publishing;
  /** What to say of a newer version that was taken over; `null`: nothing. */
  news: string | null;
  editor: RefObject<EditorHandle | null>;
  onSettle: (parts: Record<string, 'git' | 'mine'>) => void;
  settling: { isWorking: boolean; error: Error | null };
  onSave: (message: string) => void;
  onDiscard: () => Promise<void>;
  onTakeOther: () => void;
}) {
  const { fields, draft, kept, base } = editing;
  const problems = (draft ?? entry)?.problems ?? [];
  const [counted, setCounted] = useState(start.draft?.body ?? base.body);
  const count = useDebouncedCallback(() => setCounted(editor.current?.text() ?? ''), countAfter);
  const [first] = useState(
    isFile ? (start.draft?.text ?? base.text) : (start.draft?.body ?? base.body),
  );
  const counts = useMemo(
    () => ({ words: wordCount(counted), outline: outlineOf(counted) }),
    [counted],
  );
  const onText = () => {
    editing.noteText();
    count();
  };
  const title = formField(kind.schema as never, kind.titleField, fields[kind.titleField]);
  const elsewhere = elsewhereRevision(kept.kind === 'failed' ? kept.error : null);
  const bodyLine = base.text.slice(0, base.text.length - base.body.length).split('\n').length;
  return (
    <form
      className={classes.form}
      onSubmit={(event) => event.preventDefault()}
      onKeyDown={(event) => {
        if (event.key.toLowerCase() !== 's' || !(event.ctrlKey || event.metaKey)) return;
        event.preventDefault();
        if (editing.isChanged) onSave('');
      }}
    >
      <Notices start={start} problems={problems} isFile={isFile} />
      {publishing.clash !== null && (
        <ClashPanel clash={publishing.clash} {...settling} onSettle={onSettle} />
      )}
      {publishing.secrets !== null && (
        <SecretsPanel
          secrets={publishing.secrets}
          file={draft?.text ?? null}
          isWorking={publishing.isSaving}
          onConfirm={publishing.confirmSecrets}
        />
      )}
      {publishing.error !== null && <ProblemAlert error={publishing.error} />}
      {elsewhere !== null && (
        <Alert color="orange" role="alert">
          <Text size="sm">{words.elsewhere}</Text>
          <Group mt="xs" gap="xs">
            <Button size="xs" onClick={() => editing.overwrite(elsewhere)}>
              {words.keepThis}
            </Button>
            <Button size="xs" variant="default" onClick={onTakeOther}>
              {words.takeOther}
            </Button>
          </Group>
        </Alert>
      )}
      {kept.kind === 'failed' && kept.isFinal && elsewhere === null && (
        <ProblemAlert error={kept.error} title={words.draftRefused} />
      )}
      <Grid gap="md">
        <Grid.Col span={{ base: 12, md: 8 }}>
          <Stack>
            {!isFile && (
              <TextInput
                size="lg"
                label={title.label}
                description={title.help}
                required
                value={asText(fields[kind.titleField])}
                error={problemOf(problems, kind.titleField)}
                onChange={({ currentTarget: { value } }) =>
                  editing.setField(kind.titleField, value === '' ? undefined : value)
                }
              />
            )}
            {isFile ? (
              <Card title={words.file}>
                <Suspense fallback={<PageLoading />}>
                  <SourceView
                    initial={first}
                    label={words.file}
                    onChange={onText}
                    handle={editor}
                  />
                </Suspense>
              </Card>
            ) : (
              <BodyEditor
                initial={first}
                firstLine={bodyLine}
                variables={fields.variables}
                findEntries={(text, signal) =>
                  findLinkTargets({ space, text, from: entry?.path ?? null }, signal)
                }
                words={counts.words}
                onChange={onText}
                handle={editor}
              />
            )}
          </Stack>
        </Grid.Col>
        <Grid.Col span={{ base: 12, md: 4 }}>
          <Stack>
            {!isFile && (
              <EntryForm
                space={space}
                kind={kind}
                fields={fields}
                problems={problems}
                isNew={entry === null}
                setField={editing.setField}
              />
            )}
            {!isFile && <Outline items={counts.outline} onGo={(at) => editor.current?.goTo(at)} />}
          </Stack>
        </Grid.Col>
      </Grid>
      <div className={classes.bar}>
        <SaveBar
          {...{ entry, editing, publishing, news, onSave, onDiscard }}
          isNew={entry === null}
        />
      </div>
    </form>
  );
}

function Notices({
  start,
  problems,
  isFile,
}: {
  start: Start;
  problems: Draft['problems'];
  isFile: boolean;
}) {
  return (
    <>
      {start.draft !== null && (
        <Text size="sm" c="dimmed" role="status">
          {words.yourDraft(clockTime(start.draft.updatedAt))}
        </Text>
      )}
      {isFile && <Alert color="yellow">{words.fileNeeded}</Alert>}
      {problems.length > 0 && (
        <Alert color="yellow" title={words.problemsThere}>
          <List size="sm">
            {problems.slice(0, 10).map(({ code, pointer, line, message }) => (
              <List.Item key={`${code} ${pointer} ${line}`}>
                {problemText({ pointer, line, message })}
              </List.Item>
            ))}
          </List>
        </Alert>
      )}
    </>
  );
}

/** What is wrong, and with which field. */
function problemText({
  pointer,
  line,
  message,
}: Pick<Draft['problems'][number], 'pointer' | 'line' | 'message'>): string {
  const [field] = pointerKeys(pointer);
  const text = words.line(line, message);
  return field === undefined ? text : `${spoken(field)}: ${text}`;
}

/** The revision of a draft that another window has written; `null` if none has. */
function elsewhereRevision(error: Error | null): number | null {
  if (!(error instanceof ProblemError) || error.code !== 'draft_moved') return null;
  return typeof error.more.revision === 'number' ? error.more.revision : 0;
}

function asText(value: EntryFields[string] | undefined): string {
  return typeof value === 'string' || typeof value === 'number' ? String(value) : '';
}
