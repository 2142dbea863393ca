import { randomBytes } from 'node:crypto';
import { pino } from 'pino';
import type { ApiDeps } from '../../api/http/deps.ts';
import { SaveWaits } from '../../api/knowledge/entries/save-waits.ts';
import type { Db } from '../../db/connect.ts';
import { News } from '../../db/news.ts';
import { createSealer } from '../../db/sealing.ts';
import { defaultLabelLimits } from '../../model/telemetry/label-limits.ts';
import { platforms } from '../../platforms/index.ts';
import { LogSampling } from '../../telemetry/log-sampling.ts';
import { createMetrics } from '../../telemetry/metrics/create-metrics.ts';

/** What an API needs that only reads a database and clones: nothing else is asked, and it says so if it is. */
export function depsOf(db: Db, clones: ApiDeps['clones']): ApiDeps {
  const no = () => Promise.reject(new Error('This bench has no such thing.'));
  const news = new News();
  const metrics = createMetrics({
    version: 'bench',
    limits: defaultLabelLimits,
    readFigures: no,
    onProblem: () => undefined,
    token: null,
  });
  return {
    ...{ db, clones, platforms, news, unopened: [], isOwnWorkerUp: null, trustedProxies: null },
    sealer: createSealer(randomBytes(32)),
    workflows: {
      ...{ signal: no, verify: no, linkBranches: no, ensureSchedules: no, removeSchedules: no },
      ...{ health: no, watch: no },
    },
    spaces: { signal: no, runOperation: no, cancelOperation: no, tellOperation: no },
    texts: { merge: no, diff: no },
    saveWaits: new SaveWaits(db, news),
    openSource: () => {
      throw new Error('The platform is not asked.');
    },
    network: { httpsProxy: null, httpProxy: null, trustProxyDns: false, certificateFiles: [] },
    addressPolicy: { checkRepositoryUrl: (url) => url, checkHttpUrl: (url) => url },
    ...{
      previewMirror: no,
      previewChange: no,
      checkRepository: no,
      checkVisibility: no,
      checkSpaceVisibility: no,
      sendNotice: no,
    },
    sampling: new LogSampling(1, () => Promise.resolve(0)),
    logger: pino({ level: 'fatal' }),
    version: 'bench',
    metrics,
    meter: metrics.meter,
    publicUrl: () => 'http://127.0.0.1',
    workflowsUrl: null,
    identityProviders: {
      ...{ authorizationUrl: no, signIn: no, renew: no },
      ...{ claimsNow: no, signOutUrl: no, readLogout: no },
    },
    sessionLimits: { idle: 3_600_000, absolute: 3_600_000 },
    requestsPerMinute: 1_000_000,
  };
}
