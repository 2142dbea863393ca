import type { SeededSigns } from './seeded-signs.ts';

/** Texts that look like secrets and are none, of each kind as many as there are seeds. */
export const innocentKinds: Readonly<Record<string, (signs: SeededSigns) => string>> = {
  'a commit': (s) => `commit ${s.text('hex', 40)}\nAuthor: Jana <jana@acme.io>`,
  'a SHA-256': (s) => `image: acme/loader@sha256:${s.text('hex', 64)}`,
  'a SHA-1 after numbers': (s) => `build-${s.number(99)}-${s.number(99)}-${s.text('hex', 40)}`,
  'an MD5 with dashes': (s) => `10-24-${s.text('hex', 32)}`,
  'a UUID': (s) => `{"id": "${s.uuid()}", "trace": "${s.uuid()}"}`,
  'a picture': (s) =>
    `![logo](data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAA${s.text('base64', 900)}=)`,
  'a font in CSS': (s) => `src: url(data:font/woff2;base64,d09GMgABAAAAA${s.text('base64', 600)})`,
  'a lock file': (s) =>
    `"resolved": "https://registry.npmjs.org/ms/-/ms-2.1.3.tgz", "integrity": "sha512-${s.text('base64', 86)}=="`,
  'a yarn lock': (s) => `resolved "https://registry.yarnpkg.com/ms#${s.text('hex', 40)}"`,
  'a Python lock': (s) => `--hash=sha256:${s.text('hex', 64)}`,
  'a Go sum': (s) => `github.com/acme/loader v0.1.2 h1:${s.text('base64', 43)}=`,
  'an ETag': (s) => `ETag: W/"${s.text('hex', 16)}-${s.text('base64', 27)}"`,
  'a fingerprint of a key': (s) => `SHA256:${s.text('base64', 43)} loader@acme.io (ED25519)`,
  'a public key of SSH': (s) => `ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAI${s.text('base64', 43)} me`,
  'a public key': (s) =>
    `-----BEGIN PUBLIC KEY-----\n${s.text('base64', 64)}\n${s.text('base64', 40)}\n-----END PUBLIC KEY-----`,
  'a certificate': (s) =>
    `-----BEGIN CERTIFICATE-----\nMII${s.text('base64', 61)}\n${s.text('base64', 64)}\n-----END CERTIFICATE-----`,
  'minified code': (s) =>
    `!function(e,t){var n=e.sk-t.npm_,r="${s.text('base62', 8)}";return n[r]||(n[r]=t(${s.number(9999)}))}(this);`,
  'a chunk of a bundle': (s) => `import("./assets/index-${s.text('base64url', 8)}.js")`,
  'an encrypted value of Keboola': (s) =>
    `"#password": "KBC::ProjectSecure::${s.text('base64', 180)}=="`,
  'an old encrypted value of Keboola': (s) =>
    `KBC::ComponentProjectEncrypted==${s.text('base64', 120)}==`,
  'an encrypted value of Azure': (s) => `KBC::ProjectWideSecureKV::${s.text('base64', 300)}`,
  'a configuration of Keboola': (s) =>
    `{"id": "${s.text('digits', 9)}", "componentId": "keboola.snowflake-transformation", "rows": ["${s.text('digits', 10)}"]}`,
  'a table of Keboola': (s) =>
    `in.c-keboola-ex-db-mysql-${s.text('digits', 9)}.orders-${s.text('digits', 6)}`,
  'a run of Keboola': (s) =>
    `${s.text('digits', 10)}.${s.text('digits', 10)} https://connection.keboola.com/admin/projects/${s.number(9999)}/queue/${s.text('digits', 10)}`,
  'an address with a port': (s) =>
    `https://warehouse.acme.io:8443/v2/${s.text('hex', 24)}?page=${s.number(99)}`,
  'an address with an at sign': (s) => `https://medium.com/@jana/how-we-load-${s.text('hex', 12)}`,
  'an address with a user': () =>
    'ssh://git@github.com:22/acme/data.git and postgres://loader@warehouse.acme.io/sales',
  'a password from a variable': (s) =>
    `postgres://loader:${s.one(['${PASSWORD}', '$PASSWORD', '{{ password }}', '<password>', '%PASSWORD%', '{password}', '%s', ':password', '****', 'password', 'xxxxxxxx', '[PASSWORD]'])}@warehouse.acme.io/sales`,
  'a password of an example': (s) =>
    `${s.one(['mysql', 'postgres', 'https'])}://${s.one(['user:password', 'postgres:postgres', 'root:root', 'admin:admin', 'user:pass', 'username:your-password'])}@localhost:5432/db`,
  'a connection string of a template': (s) =>
    `Server=acme;Uid=loader;Pwd=${s.one(['${PWD}', '{0}', '<pwd>', '{{pwd}}', '******', '%PWD%'])};Encrypt=yes`,
  'a header of documentation': (s) =>
    `curl -H "Authorization: Bearer ${s.one(['<token>', '$TOKEN', '${ACCESS_TOKEN}', '{{ token }}', 'YOUR_ACCESS_TOKEN', 'your-access-token-goes-here', 'ACCESS_TOKEN', 'eyJ...'])}" https://api.acme.io`,
  'a token of documentation': (s) =>
    s.one([
      'AKIAIOSFODNN7EXAMPLE',
      'aws_secret_access_key = wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY',
      'ghp_xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx',
      'ghp_1234567890abcdefghijklmnopqrstuvwxyz',
      'xoxb-your-token-here',
      'xoxb-not-a-real-token',
      'sk-ant-api03-your-key-here',
      'sk-proj-...',
      // Put together here, because some hosts take it for a secret.
      ['sk_test', '4eC39HqLyjWDarjtT1zdp7dc'].join('_'),
      'glpat-your_token_goes_here_now',
      'glpat-xxxxxxxxxxxxxxxxxxxx',
      '1234-567890-your-storage-token',
      'npm_XXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXX',
      'eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9.eyJzdWIiOiIxMjM0NTY3ODkwIiwibmFtZSI6IkpvaG4gRG9lIiwiaWF0IjoxNTE2MjM5MDIyfQ.SflKxwRJSMeKKF2QT4fwpMeJf36POk6yJV_adQssw5c',
      'AIzaSyXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXX',
    ]),
  'a key of documentation': () =>
    `-----BEGIN PRIVATE KEY-----\n...\n-----END PRIVATE KEY-----\nPaste your PRIVATE KEY between -----BEGIN PRIVATE KEY----- and its end, with all lines.`,
  'a price list': (s) =>
    `SK-${s.text('digits', 12)};ABC-${s.text('digits', 8)};${s.number(999)}.00 EUR`,
  'names of tasks': (s) =>
    `risk-assessment-${s.number(99)}, disk-usage-of-warehouse, task-${s.text('hex', 12)}`,
  'a region in capitals': () => 'ASIAPACIFICREGIONSAL, ASIANDEVELOPMENTBANKS and AKIA',
  'a date and a number': (s) => `2026-11-${10 + s.number(20)}T10:00:00Z-${s.text('digits', 40)}`,
  'a long identifier': (s) =>
    `loadOrdersFromTheWarehouseAndWriteThemToSnowflake${s.number(9)} secretAccessKeyOfTheLoader`,
  'settings without values': () =>
    'secret_access_key: ${AWS_SECRET}\nsecretAccessKey: process.env.AWS_SECRET_ACCESS_KEY\npassword=\ntoken: null',
  'a CSV of measures': (s) =>
    Array.from({ length: 20 }, () => `${s.uuid()},${s.number(1e6)},${s.text('hex', 40)}`).join(
      '\n',
    ),
  'a geohash and coordinates': (s) =>
    `u2${s.text('base62', 10)} POINT(${s.number(90)}.${s.text('digits', 12)} 14.${s.text('digits', 14)})`,
  'text in base64': (s) =>
    Buffer.from(`The orders of ${s.uuid()} were loaded at night.`.repeat(4)).toString('base64'),
  'a serialised object': (s) => `rO0ABXNyABFqYXZhLnV0aWwuSGFzaE1hcA${s.text('base64', 400)}`,
  'a cursor of an API': (s) =>
    `"next_cursor": "${s.text('base64', 64)}==", "etag": "${s.text('base62', 32)}"`,
  'a URL signed for nothing': (s) =>
    `https://cdn.acme.io/a/${s.text('base64url', 43)}/logo.svg?v=${s.text('hex', 32)}`,
  'a mail': (s) =>
    `Message-ID: <${s.text('base62', 30)}@mail.acme.io>\nboundary="${s.text('hex', 28)}"`,
};

/** How many of each kind make the corpus. */
export const seedsOfEach = 14;
