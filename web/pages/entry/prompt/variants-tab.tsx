import { Box, Stack, Text } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { useQueries, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { ProblemError } from '../../../api/problem-error.ts';
import { PageLoading } from '../../../parts/page-loading.tsx';
import { ProblemAlert } from '../../../parts/problem-alert.tsx';
import { texts } from '../../../texts/index.ts';
import { EnvSelect } from '../filling/env-select.tsx';
import {
  isRefusedValue,
  promptQuery,
  promptVariablesQuery,
  renderedQuery,
  type Read,
  type Variable,
} from '../filling/fill-queries.ts';
import { allVariables, fillingOf, type Given } from '../filling/fill-values.ts';
import { MissingNote } from '../filling/missing-note.tsx';
import { ValuesCard } from '../filling/values-card.tsx';
import type { EntryPath } from '../history/history-queries.ts';
import { VariantCard } from './variant-card.tsx';
import classes from './variants.module.css';

/** How long somebody has to stop typing until the texts are rendered again, in milliseconds. */
const pause = 250;

/** The variants of a prompt side by side, as programs get them, with values that one can try out. */
export function VariantsTab({
  path,
  env,
  onEnv,
}: {
  path: EntryPath;
  env: string | undefined;
  onEnv: (env: string | undefined) => void;
}) {
  const { data: prompt, error, refetch } = useQuery(promptQuery(path, env));
  return (
    <Stack>
      <Box maw="22rem">
        <EnvSelect space={path.space} env={env} onChange={onEnv} />
      </Box>
      {prompt !== undefined ? (
        <Variants key={env} {...{ path, env }} variants={prompt.variants} />
      ) : error === null ? (
        <PageLoading />
      ) : error instanceof ProblemError && error.code === 'entry_not_found' ? (
        <Text>{texts.prompts.notThere(env ?? '')}</Text>
      ) : (
        <ProblemAlert error={error} onRetry={() => void refetch()} />
      )}
    </Stack>
  );
}

function Variants({
  path,
  env,
  variants,
}: {
  path: EntryPath;
  env: string | undefined;
  variants: readonly string[];
}) {
  const reads: Read[] =
    variants.length === 0 ? [{ env }] : variants.map((variant) => ({ env, variant }));
  const asked = useQueries({ queries: reads.map((read) => promptVariablesQuery(path, read)) });
  const [given, setGiven] = useState<Given>({});
  const [settled] = useDebouncedValue(given, pause);
  const all = allVariables(asked.map(({ data }) => data?.variables ?? []));
  const refused = useRefused(path, reads, asked, settled);
  return (
    <Stack>
      {all.length > 0 && (
        <>
          <ValuesCard variables={all} given={given} error={refused} onChange={setGiven} />
          <MissingNote missing={fillingOf(all, given).missing} />
        </>
      )}
      <div className={classes.variants}>
        {reads.map((read, at) => (
          <VariantCard
            key={read.variant}
            {...{ path, read }}
            variables={asked[at]?.data?.variables}
            error={asked[at]?.error ?? null}
            given={settled}
          />
        ))}
      </div>
    </Stack>
  );
}

/** What is wrong with the values, as the first variant says it that does not take them; `null`: nothing. */
function useRefused(
  path: EntryPath,
  reads: readonly Read[],
  asked: readonly { data?: { variables: Variable[] } | undefined }[],
  given: Given,
): Error | null {
  return useQueries({
    queries: reads.map((read, at) => {
      const variables = asked[at]?.data?.variables;
      const { values } = fillingOf(variables ?? [], given);
      return { ...renderedQuery(path, read, values), enabled: variables !== undefined };
    }),
    combine: (results) => results.map(({ error }) => error).find(isRefusedValue) ?? null,
  });
}
