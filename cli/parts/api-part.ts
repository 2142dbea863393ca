import { createApi } from '../../api/http/create-api.ts';
import type { GitPart } from './git-part.ts';
import type { Core } from './compose.ts';
import type { Part } from '../running/running.ts';
import { readVersion } from '../version.ts';

/** Starts the API on the settings' address; answers where it listens. */
export async function startApi(
  core: Core,
  { previewMirror, checkVisibility, checkSpaceVisibility, clones, texts }: Omit<GitPart, 'git'>,
): Promise<{ part: Part; url: string }> {
  const { config, db, sealer, workflows, spaces, platforms, openSource, policy, logger } = core;
  const api = createApi({
    db,
    sealer,
    workflows,
    spaces,
    clones,
    texts,
    platforms,
    openSource,
    addressPolicy: policy,
    previewMirror,
    checkVisibility,
    checkSpaceVisibility,
    logger: logger.child({ part: 'api' }),
    version: readVersion(),
  });
  const { host, port } = config;
  try {
    await api.listen({ host, port });
  } catch (error) {
    await api.close();
    throw error;
  }
  const address = api.server.address();
  const listening = typeof address === 'object' && address !== null ? address.port : port;
  const name = host === '0.0.0.0' || host === '::' ? '127.0.0.1' : host;
  return {
    part: { name: 'The API', stop: () => api.close() },
    url: `http://${name.includes(':') ? `[${name}]` : name}:${listening}`,
  };
}
