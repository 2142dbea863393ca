import { Select, Stack, TagsInput } from '@mantine/core';
import { Card } from '../../../parts/card.tsx';
import { fieldError } from '../../../parts/field-error.ts';
import { texts } from '../../../texts/index.ts';
import type { SpaceForm } from './settings-form.ts';

const { settings: names, spaceSettings: words } = texts;
const modes = ['mask', 'warn', 'off'] as const;

/** What happens to saves with what looks like a secret, and what may be saved all the same. */
export function SecretsCard({
  form,
  error,
  onChange,
}: {
  form: SpaceForm;
  error: Error | null;
  onChange: (changed: Partial<SpaceForm>) => void;
}) {
  return (
    <Card title={names.secretsInText}>
      <Stack gap="sm">
        <Select
          label={words.secretsMode}
          data={modes.map((value) => ({ value, label: words.secretsModes[value] }))}
          value={form.secretsInText}
          allowDeselect={false}
          onChange={(secretsInText) => secretsInText !== null && onChange({ secretsInText })}
        />
        <TagsInput
          label={names.allowedPaths}
          description={names.allowedPathsHint}
          value={form.allowedPaths}
          acceptValueOnBlur
          error={fieldError(error, '/rules/allowedSecrets/paths')}
          onChange={(allowedPaths) => onChange({ allowedPaths })}
        />
        <TagsInput
          label={names.allowedFingerprints}
          description={names.allowedFingerprintsHint}
          value={form.allowedFingerprints}
          acceptValueOnBlur
          error={fieldError(error, '/rules/allowedSecrets/fingerprints')}
          onChange={(allowedFingerprints) => onChange({ allowedFingerprints })}
        />
      </Stack>
    </Card>
  );
}
