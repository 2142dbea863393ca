import { Alert, Box, Stack, Text } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { ProblemError } from '../../../api/problem-error.ts';
import { PageLoading } from '../../../parts/page-loading.tsx';
import { ProblemAlert } from '../../../parts/problem-alert.tsx';
import { texts } from '../../../texts/index.ts';
import { EnvSelect } from '../filling/env-select.tsx';
import {
  filledQuery,
  isRefusedValue,
  templateVariablesQuery,
  type Variable,
} from '../filling/fill-queries.ts';
import { fillingOf, type Given } from '../filling/fill-values.ts';
import { MissingNote } from '../filling/missing-note.tsx';
import { ValuesCard } from '../filling/values-card.tsx';
import type { EntryPath } from '../history/history-queries.ts';
import classes from './fill.module.css';
import { FilledCard } from './filled-card.tsx';

const { templates: words } = texts;

/** How long somebody has to stop typing until the template is filled again, in milliseconds. */
const pause = 250;

/** A template as a form, and what comes of it while one fills it in. */
export function FillTab({
  path,
  fileName,
  env,
  onEnv,
}: {
  path: EntryPath;
  /** What the filled text is called when it is downloaded. */
  fileName: string;
  env: string | undefined;
  onEnv: (env: string | undefined) => void;
}) {
  const { data, error, refetch } = useQuery(templateVariablesQuery(path, env));
  return (
    <Stack>
      <Box maw="22rem">
        <EnvSelect space={path.space} env={env} onChange={onEnv} />
      </Box>
      {data !== undefined ? (
        <Filling key={env} {...{ path, fileName, env }} variables={data.variables} />
      ) : error === null ? (
        <PageLoading />
      ) : error instanceof ProblemError && error.code === 'entry_not_found' ? (
        <Text>{words.notThere(env ?? '')}</Text>
      ) : (
        <ProblemAlert error={error} onRetry={() => void refetch()} />
      )}
    </Stack>
  );
}

function Filling({
  path,
  fileName,
  env,
  variables,
}: {
  path: EntryPath;
  fileName: string;
  env: string | undefined;
  variables: readonly Variable[];
}) {
  const [given, setGiven] = useState<Given>({});
  const [settled] = useDebouncedValue(given, pause);
  const { values } = fillingOf(variables, settled);
  const { missing } = fillingOf(variables, given);
  const { data, error } = useQuery(filledQuery(path, env, values));
  const refused = isRefusedValue(error) ? error : null;
  return (
    <div className={classes.columns}>
      <Stack>
        <ValuesCard variables={variables} given={given} error={refused} onChange={setGiven} />
        <MissingNote missing={missing} />
      </Stack>
      {refused !== null ? (
        <Alert color="yellow">{words.refused}</Alert>
      ) : error !== null ? (
        <ProblemAlert error={error} />
      ) : data === undefined ? (
        <PageLoading />
      ) : (
        <FilledCard
          filled={data}
          fileName={fileName}
          isComplete={missing.length === 0 && given === settled}
        />
      )}
    </div>
  );
}
