import { createApi } from '../../api/http/create-api.ts';
import type { NetworkView } from '../../api/http/ports.ts';
import { SaveWaits } from '../../api/knowledge/entries/save-waits.ts';
import type { Listener } from '../../db/listen.ts';
import { listenToNews, News } from '../../db/news.ts';
import type { NetworkSettings } from '../../network/reach.ts';
import type { GitPart } from './git-part.ts';
import { checkSealed } from './check-sealed.ts';
import { composeMetrics } from './metrics-part.ts';
import type { Core } from './compose.ts';
import type { Part, Running } from '../running/running.ts';
import { consoleDirectory, readVersion } from '../version.ts';

/**
 * Starts the API on the configured address; returns the URL that it listens on, and the one for browsers. `isOwnWorkerUp` is part of its
 * readiness, if this process has a worker; `temporalUi` is the embedded Temporal's UI.
 */
export async function startApi(
  core: Core,
  {
    previewMirror,
    previewChange,
    checkRepository,
    checkVisibility,
    checkSpaceVisibility,
    clones,
    texts,
  }: Omit<GitPart, 'git'>,
  running: Pick<Running, 'add'>,
  {
    isOwnWorkerUp = null,
    temporalUi = null,
  }: { isOwnWorkerUp?: (() => boolean) | null; temporalUi?: string | null } = {},
): Promise<{ part: Part; url: string; publicUrl: string }> {
  const {
    identityProviders,
    config,
    db,
    sealer,
    workflows,
    spaces,
    platforms,
    openSource,
    sampling,
    policy,
    sendNotice,
    logger,
  } = core;
  const { news, listener } = hearNews(core);
  const metrics = composeMetrics(core, 'api', running);
  let listeningUrl = '';
  const ui = config.temporalUiUrl ?? temporalUi;
  const publicUrl = () => config.publicUrl ?? listeningUrl;
  const api = createApi({
    db,
    sealer,
    workflows,
    spaces,
    clones,
    texts,
    platforms,
    news,
    saveWaits: new SaveWaits(db, news),
    sampling,
    openSource,
    addressPolicy: policy,
    network: viewOf(config.network),
    trustedProxies: config.trustedProxies,
    publicUrl,
    workflowsUrl:
      ui && `${ui}/namespaces/${encodeURIComponent(config.temporalNamespace)}/workflows`,
    sessionLimits: config.sessionLimits,
    identityProviders,
    unopened: await checkSealed(core),
    isOwnWorkerUp,
    previewMirror,
    previewChange,
    checkRepository,
    checkVisibility,
    checkSpaceVisibility,
    sendNotice,
    logger: logger.child({ part: 'api' }),
    version: readVersion(),
    metrics,
    meter: metrics.meter,
    consoleDirectory: consoleDirectory(),
  });
  const stop = async () => {
    await api.close();
    await listener.close();
  };
  const { host, port } = config;
  try {
    await api.listen({ host, port });
  } catch (error) {
    await stop();
    throw error;
  }
  const address = api.server.address();
  const listening = typeof address === 'object' && address !== null ? address.port : port;
  const name = host === '0.0.0.0' || host === '::' ? '127.0.0.1' : host;
  listeningUrl = `http://${name.includes(':') ? `[${name}]` : name}:${listening}`;
  return { part: { name: 'The API', stop }, url: listeningUrl, publicUrl: publicUrl() };
}

function viewOf({ proxies, trustProxyDns, certificates }: NetworkSettings): NetworkView {
  return {
    httpsProxy: proxies.https?.origin ?? null,
    httpProxy: proxies.http?.origin ?? null,
    trustProxyDns,
    certificateFiles: [...certificates.files],
  };
}

/** Publishes the notifications of the database to the requests that wait for them. */
function hearNews({ db, directUrl, logger }: Core): { news: News; listener: Listener } {
  const news = new News();
  const listener = listenToNews(news, {
    url: directUrl,
    db,
    onProblem: ({ message }) =>
      logger.warn(
        `Notifications from the database do not arrive, so event streams and requests that wait for a commit check every second: ${message} ` +
          'Behind a pooler, set GITWARD_DATABASE_DIRECT_URL.',
      ),
  });
  return { news, listener };
}
