import { Alert } from '@mantine/core';
import type { Answer } from '../../api/types.ts';
import { Time } from '../../parts/time.tsx';
import { texts } from '../../texts/index.ts';

const { contents: words } = texts;

type Stale = Answer<'/v1/projects/{project}/mirrors/{branch}/search'>['stale'];

/** That what is shown may not be the newest, and why. */
export function StaleNotice({ stale }: { stale: Stale | undefined }) {
  if (stale == null) return null;
  return (
    <Alert color="yellow" title={words.stale} mb="md">
      {stale.message}
      {stale.asOf !== null && (
        <>
          {` ${words.staleAsOf} `}
          <Time at={stale.asOf} />.
        </>
      )}
    </Alert>
  );
}
