import { Anchor } from '@mantine/core';
import type { ReactNode } from 'react';
import type { Space } from '../../api/types.ts';
import { CredentialName } from './credential-name.tsx';
import { texts } from '../../texts/index.ts';

const words = texts.stream;

/** Where commits go, as facts. */
export function repositoryFacts(
  { url, branch, credentialId }: Space['repository'],
  folder: string,
  visibility: Space['visibility'],
): [name: string, value: ReactNode][] {
  return [
    [
      words.repository,
      /^https?:/.test(url) ? (
        <Anchor key="url" href={url} target="_blank" rel="noreferrer" size="sm">
          {url}
        </Anchor>
      ) : (
        url
      ),
    ],
    [words.branch, branch],
    [words.folder, folder === '' ? words.wholeRepository : folder],
    [
      words.credential,
      credentialId === null ? (
        words.noCredential
      ) : (
        <CredentialName key="credential" id={credentialId} />
      ),
    ],
    [
      words.visibility,
      visibility && `${words.visibilities[visibility.result]}: ${visibility.reason}`,
    ],
  ];
}
