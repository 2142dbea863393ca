import { describe, expect, test } from 'vitest';
import type { Json } from '../../../model/text/json.ts';
import { formatJson, parseJson } from '../../../model/text/ordered-json.ts';
import {
  clearPlaceholder,
  encryptedPlaceholder,
  protectSecrets,
} from '../../../platforms/tree/secrets.ts';

function protect(text: string, policy: 'encrypted' | 'omitted' = 'encrypted') {
  const { value, replaced } = protectSecrets(parseJson(text), policy);
  return { value: JSON.parse(formatJson(value)) as unknown, replaced };
}

const clear = clearPlaceholder;

describe('a value in plain text under a # key is left out', () => {
  test.each<[string, unknown, string[]]>([
    ['{"#a":"hunter2","b":"hunter2"}', { '#a': clear, b: 'hunter2' }, ['/#a']],
    ['{"x":[{"y":{"#a":"s"}}]}', { x: [{ y: { '#a': clear } }] }, ['/x/0/y/#a']],
    ['{"a/b":{"~":{"#/~":"s"}}}', { 'a/b': { '~': { '#/~': clear } } }, ['/a~1b/~0/#~1~0']],
    [
      '{"#a":["s"],"#b":{"user":"x"},"#c":42,"#d":true}',
      { '#a': clear, '#b': clear, '#c': clear, '#d': clear },
      ['/#a', '/#b', '/#c', '/#d'],
    ],
    ['{"#a":["KBC::ProjectSecure::eJw=","s"]}', { '#a': clear }, ['/#a']],
    ['{"#a":"","#b":null,"#c":[],"#d":{}}', { '#a': '', '#b': null, '#c': [], '#d': {} }, []],
    ['{"#":"s","##":"s","a#":"s"}', { '#': clear, '##': clear, 'a#': 's' }, ['/#', '/##']],
  ])('%s', (text, value, replaced) => {
    expect(protect(text)).toEqual({ value, replaced });
  });

  test.each([
    'KBC::Secure::aaaa',
    'KBC::ProjectSecure::',
    'KBC::KV::aaaa',
    'KBC::Encrypted==',
    'kbc::ProjectSecure::aaaa',
    ' KBC::ProjectSecure::aaaa',
    'KBC::ProjectSecure::aaaa\nhunter2',
    '{{ test_writer_pass }}',
    '{{vault.x',
    'hunter2 {{ vault.x }}',
    '{{ vault.x }}hunter2',
  ])('%j is plain text', (secret) => {
    const { value, replaced } = protectSecrets(new Map([['#a', secret]]), 'encrypted');
    expect(replaced).toEqual(['/#a']);
    expect(formatJson(value)).not.toContain(secret.slice(0, 4));
  });
});

const ciphertexts = [
  'KBC::ProjectSecure::eJw=',
  'KBC::ComponentSecureKV::eJw=',
  'KBC::ProjectSecureGKMS::eJw=',
  'KBC::BranchTypeConfigSecure::eJw=',
  'KBC::ProjectWideSecureKV::eJw=',
  'KBC::Encrypted==eJw=',
  'KBC::ComponentProjectEncrypted==eJw=',
  'KBC::ComponentEncrypted==eJw=',
];
const references = [
  '{{ vault.test }}',
  '{{vault.test}}',
  '{{\tvault.test\t}}',
  '{{ vault.user }}:{{ vault.password }}',
  'Bearer {{ vault.token }}',
];

describe('encrypted values and references', () => {
  test.each([...ciphertexts, ...references])('%s stays', (secret) => {
    const document: Json = new Map<string, Json>([
      ['#a', secret],
      ['#b', [secret]],
      ['c', secret],
    ]);
    const result = protectSecrets(document, 'encrypted');
    expect(result.value).toBe(document);
    expect(result.replaced).toEqual([]);
  });

  test.each(ciphertexts)('%s is left out if the mirror omits secrets, wherever it is', (secret) => {
    const text = JSON.stringify({ '#a': secret, b: [secret, 'text'] });
    expect(protect(text, 'omitted')).toEqual({
      value: { '#a': encryptedPlaceholder, b: [encryptedPlaceholder, 'text'] },
      replaced: [],
    });
  });

  test.each(references)('%s is a reference and stays', (reference) => {
    expect(protect(JSON.stringify({ '#a': reference }), 'omitted').value).toEqual({
      '#a': reference,
    });
  });
});

test('the document from the source is never changed', () => {
  const document = parseJson('{"a":[{"#b":"s"}],"c":{"d":1}}');
  const before = formatJson(document);
  protectSecrets(document, 'omitted');
  expect(formatJson(document)).toBe(before);
});

// These are so long that a regular expression with two ways to match takes minutes for each.
test.each([
  ['an encrypted value', `KBC::${'Secure'.repeat(400_000)}`],
  ['a reference to the vault', '{{ vault.'.repeat(400_000)],
  ['many references to the vault', '{{ vault.a}}\n'.repeat(200_000)],
  ['a reference after spaces', `{{${' '.repeat(90)}`.repeat(40_000)],
])('a long value that looks almost like %s is left out', (_what, value) => {
  expect(protectSecrets(new Map([['#a', `${value}!`]]), 'encrypted')).toEqual({
    value: new Map([['#a', clearPlaceholder]]),
    replaced: ['/#a'],
  });
});
