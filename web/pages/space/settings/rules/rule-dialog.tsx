import { MultiSelect, NumberInput, Switch, TagsInput, Text, TextInput } from '@mantine/core';
import { useState } from 'react';
import { ProblemError, type FieldError } from '../../../../api/problem-error.ts';
import type { Space } from '../../../../api/types.ts';
import { ConfirmForm } from '../../../../parts/confirm.tsx';
import { Dialog } from '../../../../parts/dialog.tsx';
import { DialogForm } from '../../../../parts/dialog-form.tsx';
import { fieldError } from '../../../../parts/field-error.ts';
import { kindWords } from '../../../../parts/knowledge/kind-words.ts';
import { texts } from '../../../../texts/index.ts';
import { formRule, ruleForm, type RuleForm, type SettingsRule } from './rule-form.ts';
import { useRules } from './use-rules.ts';

const { spaceSettings: words, common } = texts;

/** What is done to which rule; a new one has none yet. */
export type RuleAction = { what: 'add' } | { what: 'edit' | 'remove'; rule: SettingsRule };

/** Where a rule is given, and where it is removed. */
export function RuleDialog({
  space,
  action,
  onClose,
}: {
  space: Space;
  action: RuleAction | null;
  onClose: () => void;
}) {
  return (
    <Dialog
      view={action?.what ?? null}
      title={action === null ? '' : words.ruleTitle[action.what]}
      size="lg"
      onClose={onClose}
    >
      {action?.what === 'remove' && <RemoveRule {...{ space, onClose }} rule={action.rule} />}
      {action !== null && action.what !== 'remove' && (
        <GiveRule {...{ space, onClose }} rule={action.what === 'edit' ? action.rule : null} />
      )}
    </Dialog>
  );
}

function RemoveRule({
  space,
  rule,
  onClose,
}: {
  space: Space;
  rule: SettingsRule;
  onClose: () => void;
}) {
  const remove = useRules(space, onClose);
  return (
    <ConfirmForm
      question={{ text: words.removeRuleText(rule.name), action: words.removeRule }}
      isWorking={remove.isPending}
      error={remove.error}
      onConfirm={() => remove.mutate({ name: rule.name, rule: null })}
      onClose={onClose}
    />
  );
}

/** `rule` is `null` for a new one. */
function GiveRule({
  space,
  rule,
  onClose,
}: {
  space: Space;
  rule: SettingsRule | null;
  onClose: () => void;
}) {
  const [form, setForm] = useState(() => ruleForm(rule));
  const save = useRules(space, onClose);
  const errorOf = (key: keyof SettingsRule) => ruleError(save.error, key);
  const give = (changed: Partial<RuleForm>) => {
    save.reset();
    setForm({ ...form, ...changed });
  };
  return (
    <DialogForm
      action={words.save}
      isWorking={save.isPending}
      error={save.error}
      onSubmit={() => save.mutate({ name: rule?.name ?? null, rule: formRule(form) })}
      onCancel={onClose}
    >
      <TextInput
        label={words.rule.name}
        value={form.name}
        maxLength={100}
        required
        error={errorOf('name')}
        onChange={(event) => give({ name: event.currentTarget.value })}
      />
      <Text size="sm">{words.ruleHint}</Text>
      <MultiSelect
        label={words.rule.kinds}
        data={space.kinds.map((kind) => ({ value: kind.name, label: kindWords(kind).many }))}
        value={form.kinds}
        error={errorOf('kinds')}
        onChange={(kinds) => give({ kinds })}
      />
      <TagsInput
        label={words.rule.paths}
        description={words.pathsHint}
        value={form.paths}
        acceptValueOnBlur
        error={errorOf('paths')}
        onChange={(paths) => give({ paths })}
      />
      <TagsInput
        label={words.rule.fields}
        description={words.fieldsHint}
        value={form.fields}
        acceptValueOnBlur
        error={errorOf('fields')}
        onChange={(fields) => give({ fields })}
      />
      <MultiSelect
        label={words.authorRoles}
        data={rolesAs(words.upToRole)}
        value={form.authorRoles}
        error={errorOf('authors')}
        onChange={(authorRoles) => give({ authorRoles })}
      />
      <TagsInput
        label={words.authorEmails}
        description={words.emailsOf}
        value={form.authorEmails}
        acceptValueOnBlur
        onChange={(authorEmails) => give({ authorEmails })}
      />
      <NumberInput
        label={words.rule.approvals}
        value={form.approvals}
        min={1}
        max={10}
        clampBehavior="strict"
        allowDecimal={false}
        required
        error={errorOf('approvals')}
        onChange={(approvals) => give({ approvals: Number(approvals) })}
      />
      <MultiSelect
        label={words.rule.approvers}
        description={words.approversHint}
        data={rolesAs(words.fromRole)}
        value={form.approverRoles}
        error={errorOf('approvers')}
        onChange={(approverRoles) => give({ approverRoles })}
      />
      <TagsInput
        label={words.approverEmails}
        description={words.emailsOf}
        value={form.approverEmails}
        acceptValueOnBlur
        onChange={(approverEmails) => give({ approverEmails })}
      />
      <Switch
        label={words.rule.own}
        checked={form.author}
        onChange={(event) => give({ author: event.currentTarget.checked })}
      />
    </DialogForm>
  );
}

/** What is wrong with this part of a rule. Of all that are sent, only the one of the form can be wrong. */
function ruleError(error: Error | null, key: string): string | undefined {
  const isOurs = ({ pointer }: FieldError) =>
    /^\/rules\/review\/\d+\/(\w+)/.exec(pointer)?.[1] === key;
  const found = error instanceof ProblemError ? error.errors.find(isOurs) : undefined;
  return found && fieldError(error, found.pointer);
}

/** The roles of people, in words. */
function rolesAs(wordsOf: (role: string) => string) {
  return (['reader', 'editor', 'publisher', 'operator', 'admin'] as const).map((role) => ({
    value: `role:${role}`,
    label: wordsOf(common.roles[role].name),
  }));
}
