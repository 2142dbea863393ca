import { isIP } from 'node:net';
import { resolve } from 'node:path';
import ms from 'ms';
import type { SessionLimits } from './model/access/sign-in.ts';
import { ConfigError } from './model/config-error.ts';
import {
  defaultCloneLimits,
  defaultGitMemory,
  type CloneLimits,
} from './model/streams/clone-limits.ts';
import { day, retentionSettings, type Retention } from './model/housekeeping/retention.ts';
import { defaultReadingLimits, type ReadingLimits } from './model/knowledge/reading-limits.ts';
import { defaultLabelLimits, type LabelLimits } from './model/telemetry/label-limits.ts';
import { readCertificates, type Certificates } from './network/certificates.ts';
import { parseNoProxy } from './network/no-proxy.ts';
import { parseProxy, type Proxy } from './network/proxies.ts';
import type { NetworkSettings } from './network/reach.ts';
import { samplerNames, type TracingSettings } from './telemetry/tracing-settings.ts';

/** Everything that can be set through the environment; see the table in the README. */
export interface Config {
  port: number;
  host: string;
  /** An absolute path. */
  dataDir: string;
  /** `null` for the embedded PostgreSQL. */
  databaseUrl: string | null;
  /**
   * The address for the connection that listens for notifications, which must not go through a pooler. `null`
   * for the same as `databaseUrl`.
   */
  databaseDirectUrl: string | null;
  /** `null` for the embedded Temporal server. */
  temporalAddress: string | null;
  temporalNamespace: string;
  /** 32 bytes, or `null` to generate one in the data directory. */
  masterKey: Buffer | null;
  /** 32 bytes each. They open what they sealed, but seal nothing new. */
  previousMasterKeys: Buffer[];
  adminToken: string | null;
  /** Addresses and networks of the proxies in front of the API, separated by commas. `null` if there are none. */
  trustedProxies: string | null;
  /** The address at which browsers reach the API: scheme, host and port. `null` for where it listens. */
  publicUrl: string | null;
  /** The Temporal UI, as browsers reach it: scheme, host and port. `null`: the embedded one, or not known. */
  temporalUiUrl: string | null;
  sessionLimits: SessionLimits;
  timings: Timings;
  limits: Limits;
  retention: Retention;
  /** Below so many free bytes where the data directory is, no new caches and clones are kept. */
  leastFreeDisk: number;
  allowPrivateNetwork: boolean;
  allowFileRepositories: boolean;
  /** Proxies on the way to other hosts, and the certificates that these may have. */
  network: NetworkSettings;
  smtpUrl: string | null;
  mailFrom: string | null;
  logLevel: string;
  /** The log tells of one in so many successes. */
  logSample: number;
  /** Where traces are sent; `null`: nothing is traced. */
  tracing: TracingSettings | null;
  metrics: MetricsSettings;
  /** The most resident memory of the worker of `gitward start`, in MiB. */
  workerMemory: number;
  /** Whether npm (or npx) started this process, which then also stops when npm has ended. */
  startedByNpm: boolean;
  /** Where the `gitward` command finds the API, and the token that it uses. */
  client: { url: string; token: string | null };
}

/** What measures Gitward, and who may read it. */
export interface MetricsSettings {
  /** `null`: the API asks for a token of its own, and the worker for none. */
  token: string | null;
  /** Where the worker serves them. */
  host: string;
  /** `null`: nowhere. */
  port: number | null;
  /** Whether somebody chose that port. */
  portChosen: boolean;
  limits: LabelLimits;
  /** Where they are sent, and how often (in milliseconds); `null`: nowhere. */
  otlp: { url: string; interval: number } | null;
}

/** The intervals and delays of mirrors and spaces, in milliseconds. */
export interface Timings {
  window: number;
  retryInterval: number;
  escalateAfter: number;
  catchUpInterval: number;
  /** How often a project is compared whose feeds tell of every change. */
  watchedCatchUpInterval: number;
  /** How often a platform is asked for news; `null`: never. */
  watchInterval: number | null;
  /** How long saves of a knowledge space are collected before they become a commit. */
  saveWindow: number;
  /** How often to check the tip of a space's branch. */
  pollInterval: number;
}

/** How much of a repository is read. */
export interface Limits {
  reading: ReadingLimits;
  clones: CloneLimits;
  /** How much memory a process of git may take, in MiB. */
  gitMemory: number;
}

const mebibyte = 1024 ** 2;

/** A worker that does nothing needs about 200 MiB. */
const leastWorkerMemory = 384;

const logLevels = ['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent'];

function isAddressOrNetwork(text: string): boolean {
  const [address = '', bits, ...more] = text.split('/');
  const family = isIP(address);
  if (family === 0 || more.length > 0) return false;
  // Not 0: in a network of everybody each caller could say where they come from.
  const most = family === 4 ? 32 : 128;
  return bits === undefined || (/^[1-9]\d{0,2}$/.test(bits) && Number(bits) <= most);
}

/** A header's value, in which letters may be written as %xx. */
function unescaped(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

function isLoopback(host: string): boolean {
  return host === 'localhost' || host === '::1' || (isIP(host) === 4 && host.startsWith('127.'));
}

/** The host to use in a URL, given the host that a server listens on. */
function reachable(host: string): string {
  if (host === '0.0.0.0' || host === '::') return '127.0.0.1';
  return host.includes(':') ? `[${host}]` : host;
}

/** Reads the settings from the environment. Throws a {@link ConfigError} with one line per bad setting. */
export function readConfig(env: NodeJS.ProcessEnv): Config {
  const { config, problems } = examineSettings(env);
  if (problems.length > 0) throw new ConfigError(problems.join('\n'));
  return config;
}

/** The settings of an environment, whether or not Gitward can be started with them. */
export interface ExaminedSettings {
  /** With the default in place of each setting that cannot be used. */
  config: Config;
  /** One line for each of these. */
  problems: string[];
  /** Variables that are named like settings, and that nothing reads. */
  unknown: string[];
}

/** Reads the settings from the environment as far as they can be used: for whoever looks for what is wrong. */
export function examineSettings(env: NodeJS.ProcessEnv): ExaminedSettings {
  const problems: string[] = [];
  const known = new Set<string>();

  function text(name: string): string | null {
    known.add(name);
    const value = env[name]?.trim();
    return value === undefined || value === '' ? null : value;
  }
  function duration(name: string, fallback: string): number {
    const value = text(name) ?? fallback;
    // `ms` reads a bare number as milliseconds, which is not what anyone who writes 300 means.
    const parsed = /^[\d.]{1,20} *[a-z]{1,20}$/i.test(value)
      ? ms(value as ms.StringValue)
      : undefined;
    if (parsed !== undefined && Number.isFinite(parsed) && parsed >= 1) return parsed;
    problems.push(`${name} is "${value}": use a duration such as 30s, 5m or 3h.`);
    return ms(fallback as ms.StringValue);
  }
  function number(name: string, fallback: number, least = 1): number {
    const value = text(name) ?? String(fallback);
    const parsed = Number(value);
    if (/^\d{1,12}$/.test(value) && parsed >= least) return parsed;
    problems.push(`${name} is "${value}": use a whole number from ${least} on.`);
    return fallback;
  }
  /** How long something is kept, in milliseconds; `null`: for ever. */
  function kept(what: keyof Retention): number | null {
    const { variable, days, least } = retentionSettings[what];
    const value = text(variable);
    if (value === '0' || value === 'forever') return null;
    const length = duration(variable, `${days}d`);
    // Nothing is as old as that, and no date either.
    if (length > 36_500 * day) return null;
    if (length >= least * day) return length;
    problems.push(
      `${variable} is "${value}": use at least ${least}d, because Gitward itself needs what is younger, or forever.`,
    );
    return days * day;
  }
  function flag(name: string): boolean {
    const value = text(name) ?? 'false';
    if (value !== 'true' && value !== 'false')
      problems.push(`${name} is "${value}": use true or false.`);
    return value === 'true';
  }
  function portNumber(name: string, fallback: number): number {
    const value = text(name) ?? String(fallback);
    const parsed = Number(value);
    if (/^\d+$/.test(value) && parsed <= 65_535) return parsed;
    problems.push(`${name} is "${value}": use a port from 0 to 65535.`);
    return fallback;
  }
  function keys(name: string): Buffer[] {
    return (text(name)?.split(',') ?? []).flatMap((value) => keyOf(name, value.trim()) ?? []);
  }
  function keyOf(name: string, value: string): Buffer | null {
    const bytes = Buffer.from(value, /^[0-9a-f]{64}$/i.test(value) ? 'hex' : 'base64');
    if (bytes.length === 32) return bytes;
    problems.push(`${name} must be 32 bytes, in base64 or hex (openssl rand -base64 32).`);
    return null;
  }

  function strongToken(name: string): string | null {
    const value = text(name);
    if (value === null || /^[\u0021-\u007e]{16,}$/.test(value)) return value;
    problems.push(
      `${name} must be 16 or more printable characters without spaces (openssl rand -hex 32).`,
    );
    return null;
  }
  function logLevel(name: string): string {
    const value = text(name) ?? 'info';
    if (logLevels.includes(value)) return value;
    problems.push(`${name} is "${value}": use one of ${logLevels.join(', ')}.`);
    return 'info';
  }
  function labels(name: string, fallback: number | null): number | null {
    const value = text(name);
    const most = /^top:([1-9]\d{0,4})$/.exec(value ?? '')?.[1];
    if (value === null) return fallback;
    if (value === 'all') return null;
    if (value === 'off') return 0;
    if (most !== undefined) return Number(most);
    problems.push(`${name} is "${value}": use all, off, or a number of them such as top:50.`);
    return fallback;
  }
  function metricsSettings(): MetricsSettings {
    const token = strongToken('GITWARD_METRICS_TOKEN');
    const host = text('GITWARD_METRICS_HOST') ?? '127.0.0.1';
    const chosen = text('GITWARD_WORKER_METRICS_PORT');
    const port = chosen === 'off' ? null : portNumber('GITWARD_WORKER_METRICS_PORT', 9_464);
    if (port !== null && token === null && !isLoopback(host))
      problems.push(
        `GITWARD_METRICS_HOST is "${host}", which others reach: set GITWARD_METRICS_TOKEN, too (openssl rand -hex 32).`,
      );
    const limits = {
      projects: labels('GITWARD_METRICS_PROJECTS', defaultLabelLimits.projects),
      branches: labels('GITWARD_METRICS_BRANCHES', defaultLabelLimits.branches),
    };
    return { token, host, port, portChosen: chosen !== null, limits, otlp: otlpReceiver() };
  }
  /** The variables are those of OpenTelemetry's specification; the exporter itself reads the one for headers. */
  function otlpReceiver(): MetricsSettings['otlp'] {
    const base = text('OTEL_EXPORTER_OTLP_ENDPOINT');
    const own = text('OTEL_EXPORTER_OTLP_METRICS_ENDPOINT');
    const interval = number('OTEL_METRIC_EXPORT_INTERVAL', 60_000, 1_000);
    const url = own ?? (base && `${base.replace(/\/$/, '')}/v1/metrics`);
    if (url === null || text('OTEL_METRICS_EXPORTER') === 'none') return null;
    if (URL.canParse(url) && /^https?:$/.test(new URL(url).protocol)) return { url, interval };
    problems.push(
      `${own === null ? 'OTEL_EXPORTER_OTLP_ENDPOINT' : 'OTEL_EXPORTER_OTLP_METRICS_ENDPOINT'} is not an http: or https: address.`,
    );
    return null;
  }
  function proxies(name: string): string | null {
    const value = text(name);
    const parts = value?.split(',').map((part) => part.trim()) ?? [];
    for (const part of parts)
      if (!isAddressOrNetwork(part))
        problems.push(`${name} has "${part}": use addresses or networks such as 10.0.0.0/8.`);
    return value === null ? null : parts.join(',');
  }
  /** As other programs read it: the lower-case name counts before the other one. */
  function proxy(name: string): Proxy | null {
    const setting = text(name.toLowerCase()) === null ? name : name.toLowerCase();
    const value = text(setting);
    const parsed = value === null ? null : parseProxy(value, setting);
    // The value may contain a password, so the message does not repeat it.
    if (value !== null && parsed === null)
      problems.push(
        `${setting} is not the address of an HTTP proxy such as http://user:password@proxy.example:3128.`,
      );
    return parsed;
  }
  function certificates(...names: string[]): Certificates {
    const named = names.flatMap((name) => {
      const file = text(name);
      return file === null ? [] : [{ name, file }];
    });
    const pem = named.flatMap(({ name, file }) => {
      try {
        return readCertificates(file);
      } catch (error) {
        problems.push(`${name} is "${file}", which ${(error as Error).message}.`);
        return [];
      }
    });
    return { files: [...new Set(named.map(({ file }) => file))], pem: [...new Set(pem)] };
  }
  function mailServer(name: string): string | null {
    const value = text(name);
    if (value === null || (URL.canParse(value) && /^smtps?:\/\/./i.test(value))) return value;
    // The value contains a password, so the message does not repeat it.
    problems.push(`${name} is not an address such as smtp://user:password@host:587.`);
    return null;
  }

  function origin(name: string): string | null {
    const value = text(name);
    if (value === null) return null;
    const url = URL.canParse(value) ? new URL(value) : null;
    if (url !== null && /^https?:$/.test(url.protocol) && url.href === `${url.origin}/`)
      return url.origin;
    problems.push(
      `${name} is "${value}": use a scheme, a host and a port if needed, such as https://gitward.example.`,
    );
    return null;
  }

  /** As OpenTelemetry reads them, which defines these variables: an address for traces, or one for all signals. */
  function tracing(): TracingSettings | null {
    const own = collector('OTEL_EXPORTER_OTLP_TRACES_ENDPOINT');
    const shared = collector('OTEL_EXPORTER_OTLP_ENDPOINT');
    const url = own ?? (shared && `${shared.replace(/\/+$/, '')}/v1/traces`);
    // What is set for other programs is nobody's mistake.
    if (url === null || text('OTEL_SDK_DISABLED')?.toLowerCase() === 'true') return null;
    const protocol = text('OTEL_EXPORTER_OTLP_PROTOCOL') ?? 'http/protobuf';
    if (protocol !== 'http/protobuf')
      problems.push(`OTEL_EXPORTER_OTLP_PROTOCOL is "${protocol}": use http/protobuf.`);
    return {
      url,
      headers: {
        ...headers('OTEL_EXPORTER_OTLP_HEADERS'),
        ...headers('OTEL_EXPORTER_OTLP_TRACES_HEADERS'),
      },
      ...sampler('OTEL_TRACES_SAMPLER', 'OTEL_TRACES_SAMPLER_ARG'),
      serviceName: text('OTEL_SERVICE_NAME') ?? 'gitward',
    };
  }
  function collector(name: string): string | null {
    const value = text(name);
    if (value === null || (URL.canParse(value) && /^https?:\/\/./i.test(value))) return value;
    // The value may contain a password, so the message does not repeat it.
    problems.push(`${name} is not an address such as http://collector.example:4318.`);
    return null;
  }
  function headers(name: string): Record<string, string> {
    const pairs = text(name)?.split(',') ?? [];
    const parsed = pairs.map((pair) => /^\s*([\w!#$%&'*+.^`|~-]+)\s*=(.*)$/.exec(pair));
    // These are secrets, too.
    if (parsed.includes(null))
      problems.push(`${name} is not a list of headers such as name=value,other=value.`);
    return Object.fromEntries(
      parsed.flatMap((pair) => (pair?.[1] ? [[pair[1], unescaped(pair[2]?.trim() ?? '')]] : [])),
    );
  }
  function sampler(name: string, argument: string): Pick<TracingSettings, 'sampler' | 'ratio'> {
    const value = text(name) ?? 'parentbased_always_on';
    const known = samplerNames.find((each) => each === value);
    if (known === undefined)
      problems.push(`${name} is "${value}": use one of ${samplerNames.join(', ')}.`);
    const ratio = Number(text(argument) ?? '1');
    const isRatio = ratio >= 0 && ratio <= 1;
    if (!isRatio) problems.push(`${argument} is "${text(argument)}": use a number from 0 to 1.`);
    return { sampler: known ?? 'parentbased_always_on', ratio: isRatio ? ratio : 1 };
  }

  const port = portNumber('GITWARD_PORT', 8080);
  const host = text('GITWARD_HOST') ?? '127.0.0.1';
  const masterKey = text('GITWARD_MASTER_KEY');
  const config: Config = {
    port,
    host,
    dataDir: resolve(text('GITWARD_DATA_DIR') ?? '.gitward'),
    databaseUrl: text('DATABASE_URL'),
    databaseDirectUrl: text('GITWARD_DATABASE_DIRECT_URL'),
    temporalAddress: text('TEMPORAL_ADDRESS'),
    temporalNamespace: text('TEMPORAL_NAMESPACE') ?? 'default',
    masterKey: masterKey === null ? null : keyOf('GITWARD_MASTER_KEY', masterKey),
    previousMasterKeys: keys('GITWARD_MASTER_KEY_PREVIOUS'),
    adminToken: strongToken('GITWARD_ADMIN_TOKEN'),
    trustedProxies: proxies('GITWARD_TRUST_PROXY'),
    publicUrl: origin('GITWARD_PUBLIC_URL'),
    temporalUiUrl: origin('GITWARD_TEMPORAL_UI_URL'),
    sessionLimits: {
      idle: duration('GITWARD_SESSION_IDLE', '12h'),
      absolute: duration('GITWARD_SESSION_LIMIT', '7d'),
    },
    timings: {
      window: duration('GITWARD_WINDOW', '30s'),
      retryInterval: duration('GITWARD_RETRY_INTERVAL', '5m'),
      escalateAfter: duration('GITWARD_ESCALATE_AFTER', '3h'),
      catchUpInterval: duration('GITWARD_CATCH_UP_INTERVAL', '15m'),
      watchedCatchUpInterval: duration('GITWARD_WATCHED_CATCH_UP_INTERVAL', '6h'),
      watchInterval:
        text('GITWARD_WATCH_INTERVAL') === 'off' ? null : duration('GITWARD_WATCH_INTERVAL', '15s'),
      saveWindow: duration('GITWARD_SAVE_WINDOW', '3s'),
      pollInterval: duration('GITWARD_POLL_INTERVAL', '1m'),
    },
    limits: {
      reading: {
        files: number('GITWARD_MAX_SPACE_FILES', defaultReadingLimits.files),
        text: mebibyte * number('GITWARD_MAX_SPACE_MIB', defaultReadingLimits.text / mebibyte),
        time: duration('GITWARD_MAX_READ_TIME', ms(defaultReadingLimits.time)),
      },
      clones: {
        treeFiles: number('GITWARD_MAX_TREE_FILES', defaultCloneLimits.treeFiles),
        commits: number('GITWARD_MAX_COMMITS', defaultCloneLimits.commits),
        disk: mebibyte * number('GITWARD_MAX_CLONE_MIB', defaultCloneLimits.disk / mebibyte),
      },
      gitMemory: number('GITWARD_MAX_GIT_MIB', defaultGitMemory),
    },
    retention: {
      changes: kept('changes'),
      saves: kept('saves'),
      audit: kept('audit'),
      outages: kept('outages'),
      logs: kept('logs'),
      scores: kept('scores'),
    },
    leastFreeDisk: mebibyte * number('GITWARD_MIN_FREE_MIB', 1_024, 0),
    allowPrivateNetwork: flag('GITWARD_ALLOW_PRIVATE_NETWORK'),
    allowFileRepositories: flag('GITWARD_ALLOW_FILE_REPOSITORIES'),
    network: {
      proxies: {
        https: proxy('HTTPS_PROXY'),
        http: proxy('HTTP_PROXY'),
        isExempt: parseNoProxy(text('no_proxy') ?? text('NO_PROXY') ?? ''),
      },
      trustProxyDns: flag('GITWARD_TRUST_PROXY_DNS'),
      // Node itself knows the last one, but only as long as no others are named.
      certificates: certificates('GITWARD_CA_FILE', 'SSL_CERT_FILE', 'NODE_EXTRA_CA_CERTS'),
    },
    smtpUrl: mailServer('GITWARD_SMTP_URL'),
    mailFrom: text('GITWARD_MAIL_FROM'),
    logLevel: logLevel('GITWARD_LOG_LEVEL'),
    logSample: number('GITWARD_LOG_SAMPLE', 10),
    tracing: tracing(),
    metrics: metricsSettings(),
    workerMemory: number('GITWARD_MAX_WORKER_MIB', 1_024, leastWorkerMemory),
    startedByNpm: text('npm_lifecycle_event') !== null,
    client: {
      url: text('GITWARD_URL') ?? `http://${reachable(host)}:${port}`,
      token: text('GITWARD_TOKEN'),
    },
  };
  if (config.smtpUrl !== null && config.mailFrom === null) {
    problems.push('GITWARD_MAIL_FROM is missing: it is required when GITWARD_SMTP_URL is set.');
  }
  const unknown = Object.keys(env).filter(
    (name) => name.startsWith('GITWARD_') && !known.has(name),
  );
  return { config, problems, unknown };
}
