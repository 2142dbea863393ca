import { generateKeyPairSync } from 'node:crypto';
import type { SeededSigns } from './seeded-signs.ts';

/** A text with a secret, and the part of it that must not stay. */
export interface TrueSecret {
  text: string;
  value: string;
}

type Make = (signs: SeededSigns) => TrueSecret;

const alone =
  (make: (signs: SeededSigns) => string): Make =>
  (signs) => {
    const value = make(signs);
    return { text: value, value };
  };

const pem = (...of: Parameters<typeof generatePem>): Make => {
  const key = generatePem(...of);
  return alone(() => key);
};

function generatePem(
  type: 'rsa' | 'ed25519' | 'ec',
  format: 'pkcs1' | 'pkcs8' | 'sec1',
  passphrase?: string,
): string {
  const protectedBy = passphrase === undefined ? {} : { cipher: 'aes-256-cbc', passphrase };
  const { privateKey } = generateKeyPairSync(
    type as 'rsa',
    { modulusLength: 1024, namedCurve: 'P-256' } as { modulusLength: number },
  );
  return privateKey
    .export({ type: format, format: 'pem', ...protectedBy })
    .toString()
    .trim();
}

/**
 * Secrets of all kinds. They are put together here, so that no host finds one in this file, and the form of a key is never
 * that of one that somebody has.
 */
export const trueSecrets: Readonly<Record<string, Make>> = {
  'a Storage token of Keboola': alone(
    (s) => `${s.number(9999) + 1}-${s.number(999_999) + 1}-${s.text('base62', 40)}`,
  ),
  'an old Storage token of Keboola': alone((s) => `${s.number(9999) + 1}-${s.text('base62', 40)}`),
  'a key of Anthropic': alone((s) => `sk-ant-api03-${s.text('base64url', 93)}AA`),
  'an access token of Anthropic': alone((s) => `sk-ant-oat01-${s.text('base64url', 86)}`),
  'a key of OpenAI': alone(
    (s) => `sk-proj-${s.text('base64url', 74)}T3BlbkFJ${s.text('base62', 74)}`,
  ),
  'a service key of OpenAI': alone((s) => `sk-svcacct-${s.text('base62', 60)}`),
  'an old key of OpenAI': alone((s) => `sk-${s.text('base62', 48)}`),
  'a key id of AWS': alone((s) => `AKIA${s.text('capitals', 16)}`),
  'a temporary key id of AWS': alone((s) => `ASIA${s.text('capitals', 16)}`),
  'a secret key of AWS': (s) => {
    const value = s.text('base64', 40);
    return { text: `aws_secret_access_key = ${value}`, value };
  },
  'a secret key of AWS in a COPY': (s) => {
    const value = s.text('base64', 40);
    return { text: `CREDENTIALS = (AWS_SECRET_KEY='${value}')`, value };
  },
  'a token of GitHub': alone(
    (s) => `gh${s.one(['p', 'o', 'u', 's', 'r'])}_${s.text('base62', 36)}`,
  ),
  'a fine-grained token of GitHub': alone(
    (s) => `github_pat_${s.text('base62', 22)}_${s.text('base62', 59)}`,
  ),
  'a token of GitHub in an address': (s) => {
    const value = s.text('hex', 40);
    return { text: `https://${value}:x-oauth-basic@github.com/acme/data.git`, value };
  },
  'a token of GitLab': alone((s) => `glpat-${s.text('base64url', 20)}`),
  'a routable token of GitLab': alone(
    (s) => `glpat-${s.text('base64url', 27)}.01.${s.text('hex', 9)}`,
  ),
  'a token of Slack': alone(
    (s) => `xoxb-${s.text('digits', 12)}-${s.text('digits', 13)}-${s.text('base62', 24)}`,
  ),
  'a webhook of Slack': alone(
    (s) =>
      `https://hooks.slack.com/services/T${s.text('capitals', 9)}/B${s.text('capitals', 10)}/${s.text('base62', 24)}`,
  ),
  'a token of npm': alone((s) => `npm_${s.text('base62', 36)}`),
  'a key of Stripe': alone((s) => `${s.one(['sk', 'rk'])}_live_${s.text('base62', 24)}`),
  'a key of SendGrid': alone((s) => `SG.${s.text('base62', 22)}.${s.text('base62', 43)}`),
  'a token of Shopify': alone((s) => `shpat_${s.text('hex', 32)}`),
  'a key of Google': alone((s) => `AIza${s.text('base64url', 35)}`),
  'a client secret of Google': alone((s) => `GOCSPX-${s.text('base64url', 28)}`),
  'a token of Hugging Face': alone((s) => `hf_${s.text('base62', 34)}`),
  'a token of Databricks': alone((s) => `dapi${s.text('hex', 32)}`),
  'a client secret of Azure': alone((s) => `${s.text('base62', 3)}8Q~${s.text('base62', 34)}`),
  'a storage key of Azure': (s) => {
    const value = `${s.text('base64', 86)}==`;
    return {
      text: `DefaultEndpointsProtocol=https;AccountName=acme;AccountKey=${value};EndpointSuffix=core.windows.net`,
      value,
    };
  },
  'a JWT': alone((s) =>
    [
      Buffer.from('{"alg":"HS256","typ":"JWT"}').toString('base64url'),
      Buffer.from(`{"sub":"${s.uuid()}","iat":${s.number(1e9)}}`).toString('base64url'),
      s.text('base64url', 43),
    ].join('.'),
  ),
  'an authorization header': (s) => {
    const value = s.text('base62', 40);
    return { text: `Authorization: Bearer ${value}`, value };
  },
  ...Object.fromEntries(
    [
      'postgres',
      'postgresql+psycopg2',
      'mysql',
      'mongodb+srv',
      'snowflake',
      'redis',
      'amqps',
      'https',
      'jdbc:mssql',
      'sftp',
    ].map((scheme): [string, Make] => [
      `a password in an address of ${scheme}`,
      (s) => {
        const value = `${s.text('base62', 6)}${s.one(['!', '$', '%21', '*', '~', '@', ';', ','])}${s.text('base62', 8)}`;
        return { text: `${scheme}://loader:${value}@warehouse.acme.io/sales`, value };
      },
    ]),
  ),
  'a password in a connection string': (s) => {
    const value = s.text('base62', 14);
    return {
      text: `Server=tcp:acme.database.windows.net;Uid=loader;Pwd=${value};Encrypt=yes`,
      value,
    };
  },
  'a password for JDBC': (s) => {
    const value = s.text('base62', 14);
    return {
      text: `jdbc:snowflake://acme.snowflakecomputing.com/?user=loader&password=${value}`,
      value,
    };
  },
  'a private key (PKCS#8)': pem('rsa', 'pkcs8'),
  'a private key (PKCS#1)': pem('rsa', 'pkcs1'),
  'a private key (EC)': pem('ec', 'sec1'),
  'a private key (Ed25519)': pem('ed25519', 'pkcs8'),
  'a private key with a passphrase': pem('rsa', 'pkcs8', 'guess'),
  'a private key of OpenSSH': alone((s) => {
    const lines = Array.from({ length: 6 }, () => s.text('base64', 70)).join('\n');
    const kind = `OPENSSH PRIVATE KEY`;
    return `-----BEGIN ${kind}-----\nb3BlbnNzaC1rZXktdjEAAAAABG5vbmUAAAAEbm9uZQAAAAAAAAAB\n${lines}\n-----END ${kind}-----`;
  }),
  'a private key of PGP': alone((s) => {
    const lines = Array.from({ length: 6 }, () => s.text('base64', 64)).join('\n');
    const kind = `PGP PRIVATE KEY BLOCK`;
    return `-----BEGIN ${kind}-----\nVersion: GnuPG v2\nComment: made for loading\n\n${lines}\n=x9Zk\n-----END ${kind}-----`;
  }),
  'a private key that was cut off': alone((s) => {
    const lines = Array.from({ length: 3 }, () => s.text('base64', 64)).join('\n');
    return `-----BEGIN PRIVATE KEY-----\nMII${lines}`;
  }),
};

/** Texts that people write secrets into. */
export const writings: Readonly<Record<string, (text: string) => string>> = {
  SQL: (text) => `-- loads the orders\nSELECT id FROM orders;\nSET auth = '${text}';\nSELECT 1;\n`,
  Python: (text) => `import os\n\nSETTING = """${text}"""\nprint("done")\n`,
  JSON: (text) =>
    `${JSON.stringify({ id: 12, parameters: { setting: text }, rows: [] }, null, 2)}\n`,
  'JSON in JSON': (text) =>
    `${JSON.stringify({ variables: JSON.stringify({ setting: text }) }, null, 2)}\n`,
  CSV: (text) => `id,note\n1,"${text.replaceAll('"', '""')}"\n2,fine\n`,
  Markdown: (text) =>
    `---\ntitle: How to load\n---\n\n# Load\n\nUse this: \`${text}\` and call **us**.\n`,
  YAML: (text) => `setting: |\n  ${text.replaceAll('\n', '\n  ')}\nother: 1\n`,
};
