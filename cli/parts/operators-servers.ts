import type { Config } from '../../config.ts';
import { ConfigError } from '../../model/config-error.ts';
import { operatorsTemporal, type TemporalTarget } from '../../temporal/connect.ts';

/** The operator's servers, which a part that runs by itself uses. */
export interface OperatorsServers {
  databaseUrl: string;
  masterKey: Buffer;
  temporal: TemporalTarget;
}

/** The operator's servers; throws {@link ConfigError} with all settings that are missing. */
export function operatorsServers(config: Config): OperatorsServers {
  const { databaseUrl, temporalAddress, masterKey } = config;
  const missing = [
    ...(databaseUrl === null ? ['DATABASE_URL (postgresql://user:password@host/database)'] : []),
    ...(temporalAddress === null ? ['TEMPORAL_ADDRESS (host:7233)'] : []),
    ...(masterKey === null ? ['GITWARD_MASTER_KEY (openssl rand -base64 32)'] : []),
  ];
  if (databaseUrl === null || temporalAddress === null || masterKey === null)
    throw new ConfigError(
      `This command needs your own servers. Set ${missing.join(', ')}; ` +
        'or run "gitward start", which starts its own.',
    );
  const temporal = operatorsTemporal(temporalAddress, config.temporalNamespace);
  return { databaseUrl, masterKey, temporal };
}
