import type { MirrorKey } from '../../../model/mirror/ids.ts';
import type { GivenPaths, RenderedFile } from '../../../model/platform/tree.ts';
import { createAddressPolicy } from '../../../network/address-policy.ts';
import { createDispatcher } from '../../../network/dispatcher.ts';
import {
  renderProject,
  type RenderOptions,
} from '../../../platforms/keboola/layout/render-project.ts';
import { createKeboolaSource } from '../../../platforms/keboola/source/keboola-source.ts';
import type { StorageApi } from '../../../examples/storage-api/storage-api.ts';

/**
 * Everything in a branch of the stand-in, from one reading and one rendering with these given paths, with the default
 * settings of a mirror: path → file. The guide mentions `parts`, whose files are not included.
 */
export async function renderFully(
  { url, token }: Pick<StorageApi, 'url' | 'token'>,
  { branchId }: MirrorKey,
  givenPaths: GivenPaths,
  parts?: RenderOptions['parts'],
): Promise<ReadonlyMap<string, RenderedFile>> {
  const addresses = createAddressPolicy({
    allowPrivateNetwork: true,
    allowFileRepositories: false,
  });
  const dispatcher = createDispatcher(addresses);
  try {
    const checkUrl = (text: string): string => addresses.checkHttpUrl(text);
    const source = createKeboolaSource({ url, token, dispatcher, checkUrl });
    const { signal } = new AbortController();
    const project = await source.readProject([branchId], { signal });
    const isDefault = project.defaultBranchId === branchId;
    const { files } = renderProject(project, {
      root: 'configs',
      allowedBranches: [isDefault ? '__main__' : branchId],
      secrets: 'encrypted',
      branchPath: 'name',
      storage: { volatile: false },
      givenPaths,
      ...(parts && { parts }),
    });
    return files;
  } finally {
    await dispatcher.close();
  }
}
