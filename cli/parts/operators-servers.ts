import { ConfigError, type Config } from '../../config.ts';
import { operatorsTemporal, type TemporalTarget } from '../../temporal/connect.ts';

/** The servers that a part on its own works with. */
export interface OperatorsServers {
  databaseUrl: string;
  masterKey: Buffer;
  temporal: TemporalTarget;
}

/** The operator's servers; throws {@link ConfigError} with the settings that are missing, all at once. */
export function operatorsServers(config: Config): OperatorsServers {
  const { databaseUrl, temporalAddress, masterKey } = config;
  const missing = [
    ...(databaseUrl === null ? ['DATABASE_URL (postgresql://user:password@host/database)'] : []),
    ...(temporalAddress === null ? ['TEMPORAL_ADDRESS (host:7233)'] : []),
    ...(masterKey === null ? ['GITWARD_MASTER_KEY (openssl rand -base64 32)'] : []),
  ];
  if (databaseUrl === null || temporalAddress === null || masterKey === null)
    throw new ConfigError(
      `This command works with servers of yours. Set ${missing.join(', ')}; ` +
        'or run "gitward start", which brings its own.',
    );
  const temporal = operatorsTemporal(temporalAddress, config.temporalNamespace);
  return { databaseUrl, masterKey, temporal };
}
