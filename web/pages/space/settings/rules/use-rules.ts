import { notifications } from '@mantine/notifications';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { api, dataOf } from '../../../../api/client.ts';
import type { Space } from '../../../../api/types.ts';
import { spaceQuery } from '../../../../parts/knowledge/space-queries.ts';
import { texts } from '../../../../texts/index.ts';
import { rulesQuery } from '../settings-queries.ts';
import { rulesWith, settingsRules, type SettingsRule } from './rule-form.ts';

/**
 * Gives, adds or removes a rule of a space's settings. The rules are read again before: the others stay as they are, also
 * those that somebody added meanwhile.
 */
export function useRules(space: Space, onDone: () => void) {
  const client = useQueryClient();
  const params = { path: { space: space.id } };
  return useMutation({
    mutationFn: async ({ name, rule }: { name: string | null; rule: SettingsRule | null }) => {
      const now = await dataOf(api.GET('/v1/spaces/{space}/review-rules', { params }));
      const review = rulesWith(settingsRules(now.rules), name, rule);
      return dataOf(api.PATCH('/v1/spaces/{space}', { params, body: { rules: { review } } }));
    },
    onSuccess: async (now) => {
      client.setQueryData(spaceQuery(space.id).queryKey, now);
      await client.invalidateQueries({ queryKey: rulesQuery(space.id).queryKey });
      notifications.show({ message: texts.spaceSettings.saved });
      onDone();
    },
  });
}
