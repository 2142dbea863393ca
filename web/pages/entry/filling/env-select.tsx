import { NativeSelect } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { environmentsQuery, isLatest } from '../../environments/environment-queries.ts';
import { texts } from '../../../texts/index.ts';

const { templates: words } = texts;

/** From which environment a text is read; nothing where there is only what is there now. */
export function EnvSelect({
  space,
  env,
  onChange,
}: {
  space: string;
  env: string | undefined;
  onChange: (env: string | undefined) => void;
}) {
  const { data } = useQuery(environmentsQuery(space));
  const named = (data?.items ?? []).filter((one) => !isLatest(one)).map(({ name }) => name);
  // One of an address may be none of them.
  const all = env === undefined || named.includes(env) ? named : [env, ...named];
  if (all.length === 0) return null;
  return (
    <NativeSelect
      label={words.env}
      value={env ?? ''}
      onChange={({ currentTarget: { value } }) => onChange(value === '' ? undefined : value)}
      data={[
        { value: '', label: words.latest },
        ...all.map((name) => ({ value: name, label: name })),
      ]}
    />
  );
}
