import type { Config } from '../../config.ts';
import { redact } from '../../git/run/redact.ts';

/** Removes secrets from a text. */
export type Redact = (text: string) => string;

/** Shorter texts are in every other word. */
const shortest = 4;

/** Secrets that show what they are: our own tokens, those of Git hosts, headers, and private keys. */
const shapes: readonly RegExp[] = [
  /\bg[wsl]_[A-Za-z0-9_-]{8,}/g,
  /\b(?:gh[a-z]_|github_pat_|glpat-|gl[a-z]{2,6}-|ATBB|ATCTT)[A-Za-z0-9_=-]{8,}/g,
  /(?<=\b(?:Bearer|Basic) )[A-Za-z0-9._~+/=-]{8,}/gi,
  /-----BEGIN [A-Z ]{0,40}PRIVATE KEY-----[^-]{0,20000}(?:-----END [A-Z ]{0,40}PRIVATE KEY-----)?/g,
];

/**
 * Removes these secrets, however they are written in an address, a header or JSON, and whatever has the shape of a
 * secret.
 */
export function createRedact(secrets: readonly string[]): Redact {
  const forms = [...new Set(secrets.filter(({ length }) => length >= shortest).flatMap(formsOf))];
  return (text) =>
    shapes.reduce((clean, shape) => clean.replace(shape, '[redacted]'), redact(text, forms));
}

/** A line of a key that has several gives a part of it away. */
const shortestLine = 20;

function formsOf(secret: string): string[] {
  const lines = secret.split('\n').filter(({ length }) => length >= shortestLine);
  return [
    secret,
    ...(secret.includes('\n') ? lines : []),
    encodeURIComponent(secret),
    JSON.stringify(secret).slice(1, -1),
    Buffer.from(secret).toString('base64'),
    Buffer.from(secret).toString('base64url'),
  ];
}

/** A value for JSON in which each text, also in the names of fields, is redacted. */
export function redactedDeep(value: unknown, redactText: Redact): unknown {
  return JSON.parse(JSON.stringify(value ?? null), (_name, part: unknown) => {
    if (typeof part === 'string') return redactText(part);
    if (typeof part !== 'object' || part === null || Array.isArray(part)) return part;
    return Object.fromEntries(Object.entries(part).map(([name, of]) => [redactText(name), of]));
  }) as unknown;
}

/** Variables whose values are secrets, or contain one. */
const secretVariables =
  /^(?:GITWARD_(?:MASTER_KEY|MASTER_KEY_PREVIOUS|ADMIN_TOKEN|TOKEN)|TEMPORAL_API_KEY|TEMPORAL_TLS_CLIENT_(?:KEY|CERT)_DATA|PGPASSWORD)$/;
const addressVariables =
  /^(?:DATABASE_URL|GITWARD_DATABASE_DIRECT_URL|GITWARD_SMTP_URL|OTEL_EXPORTER_OTLP_(?:TRACES_|METRICS_)?ENDPOINT|(?:https?|all|grpc)_proxy)$/i;
const headerVariables = /^OTEL_EXPORTER_OTLP_(?:TRACES_|METRICS_)?HEADERS$/;

/** The secrets of the settings, of which some cannot be used: whatever was set counts. */
export function secretsOfSettings(env: NodeJS.ProcessEnv, config: Config): string[] {
  const set = Object.entries(env).flatMap(([name, value = '']) => {
    if (secretVariables.test(name)) return value.split(',').map((part) => part.trim());
    if (headerVariables.test(name)) return headerValuesIn(value);
    return addressVariables.test(name) ? passwordsIn(value) : [];
  });
  const { https, http } = config.network.proxies;
  const keys = [config.masterKey, ...config.previousMasterKeys].flatMap((key) => keyForms(key));
  const pairs = [https, http].flatMap((proxy) => proxy?.authorization?.split(' ')[1] ?? []);
  return [...set, ...keys, ...pairs].filter((secret) => secret !== '');
}

/** A key of 32 bytes as people write it. */
export function keyForms(key: Buffer | null): string[] {
  return key === null ? [] : [key.toString('base64'), key.toString('hex')];
}

/** The values in a list `name=value,other=value`, also without a scheme before them, such as `Bearer`. */
function headerValuesIn(list: string): string[] {
  return list.split(',').flatMap((pair) => {
    const value = pair.slice(pair.indexOf('=') + 1).trim();
    return [value, decoded(value)].flatMap((text) => [text, text.split(' ').at(-1) ?? '']);
  });
}

function passwordsIn(address: string): string[] {
  // Not with a URL: addresses that cannot be used have passwords, too.
  const password = /^(?:[a-z][a-z0-9+.-]*:\/\/)?[^/:@\s]*:(.+)@/i.exec(address)?.[1];
  const inQuery = [...address.matchAll(/[?&](?:password|sslpassword)=([^&]+)/g)].map(
    ([, of]) => of,
  );
  return [password, ...inQuery].flatMap((found) =>
    found === undefined ? [] : [found, decoded(found)],
  );
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
