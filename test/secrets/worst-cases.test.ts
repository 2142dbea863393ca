import { expect, it } from 'vitest';
import { guardWith } from './guard-under-test.ts';
import { SeededSigns } from './seeded-signs.ts';
import { trueSecrets } from './true-secrets.ts';

const signs = new SeededSigns(3);
const token = trueSecrets['a Storage token of Keboola']?.(signs).text ?? '';
const begin = `-----BEGIN PRIVATE KEY-----`;

/** What rules begin with, what they allow many of, and secrets without end; repeated to one line of a MiB. */
const hostile: readonly string[] = [
  ...['a', '1', '-', '_', ' ', '\\', '/', '=', ':', '@', '"', '\n', 'A1b2-', '1-', '1-a', '-----'],
  ...[
    '://',
    'a://',
    'a://b:',
    'a://b:c',
    'a://b:cccc@',
    'https:\\/\\/a:b1c2d3@',
    ';pwd=',
    '?password=',
    '&pwd=a ',
  ],
  ...[
    begin,
    `${begin}\\n`,
    `${begin}${'Ab1/'.repeat(40)}`,
    `${begin}"`,
    '-----END PRIVATE KEY-----',
    'PRIVATE KEY',
  ],
  ...['eyJ', 'eyJ.', 'eyJ-eyJ.', 'eyJhbGciOiJIUzI1NiJ9.', `eyJ${'a'.repeat(4000)}.`],
  ...[
    'sk-',
    'sk-ant-',
    'sk-proj-',
    'sk-aT3BlbkFJ',
    'npm_',
    'ghp_',
    'github_pat_',
    'glpat-',
    'glpat-a.',
    'hf_',
    'AKIA',
    'ASIA',
  ],
  ...[
    'xoxb-',
    'xoxb-a-',
    'SG.',
    `SG.${'a'.repeat(128)}.`,
    `SG.${'_'.repeat(128)}.${'_'.repeat(300)}`,
    'ops_ey',
    `ops_ey${'Q'.repeat(1280)}`,
  ],
  ...[
    'secret_key',
    'secret_key ',
    'secret access_key=',
    'authorization',
    'authorization: bearer ',
    'bearer  ',
    'AccountKey=',
  ],
  ...[
    'KBC::',
    'KBC::ProjectSecure::',
    'KBC::ProjectSecure::a ',
    'dapi',
    '8Q~',
    'AIza',
    'GOCSPX-',
    'pypi-AgE',
    'ATATT3',
    'whsec_',
    'lin_api_',
    'shpat_',
  ],
  ...[`${token} `, `a://b:${'aB1'.repeat(9)}@c `, `KBC::ProjectSecure::${token} ${token} `],
];

const size = 2 ** 20;

it.each(hostile.map((part) => [part.slice(0, 40), part]))(
  'a MiB of %j is looked at in time',
  (_name, part) => {
    const text = part.repeat(Math.ceil(size / part.length));
    const began = performance.now();
    guardWith().look('a.txt', text);
    // It takes some hundredths of a second; whatever grows with the square takes minutes.
    expect(performance.now() - began).toBeLessThan(4_000);
  },
);
