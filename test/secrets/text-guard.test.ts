import { describe, expect, it } from 'vitest';
import { guardSettings, secretPlaceholder } from '../../model/text/secrets-in-text.ts';
import { TextGuard } from '../../secrets/text-guard.ts';
import { guardWith } from './guard-under-test.ts';
import { SeededSigns } from './seeded-signs.ts';
import { trueSecrets } from './true-secrets.ts';

const made = (kind: string, seed = 1): string =>
  trueSecrets[kind]?.(new SeededSigns(seed)).text ?? '';
const token = made('a Storage token of Keboola');
const other = made('a token of GitHub');

describe('the guard', () => {
  it('says where a secret is and of what kind, never what it is', () => {
    const text = `SELECT 1;\n-- é: ${token} and ${other}\n`;
    const { text: masked, findings } = guardWith().look('a/b.sql', text);
    expect(masked).toBe(`SELECT 1;\n-- é: ${secretPlaceholder} and ${secretPlaceholder}\n`);
    expect(findings).toMatchObject([
      { path: 'a/b.sql', line: 2, column: 7, rule: 'keboola-token', masked: true },
      { path: 'a/b.sql', line: 2, column: 12 + token.length, rule: 'github', masked: true },
    ]);
    expect(JSON.stringify(findings)).not.toContain(token);
  });

  it('keeps everything around a secret', () => {
    const text =
      '\u{feff}a\r\n\tpostgres://loader:S3cr3t!x@host.acme.io/db?sslmode=require "b"\u2028';
    expect(guardWith().look('a', text).text).toBe(text.replace('S3cr3t!x', secretPlaceholder));
  });

  it('gives the same value the same fingerprint, in any file and however it is written', () => {
    const key = made('a private key (EC)');
    const fingerprints = [token, `x ${token}`, key, JSON.stringify({ key })].map(
      (text, index) => guardWith().look(`${index}`, text).findings[0]?.fingerprint,
    );
    expect(fingerprints[0]).toMatch(/^[0-9a-f]{32}$/);
    expect(fingerprints[1]).toBe(fingerprints[0]);
    expect(fingerprints[3]).toBe(fingerprints[2]);
    expect(fingerprints[2]).not.toBe(fingerprints[0]);
    const elsewhere = new TextGuard(guardSettings({}), Buffer.alloc(32, 8));
    expect(elsewhere.look('a', token).findings[0]?.fingerprint).not.toBe(fingerprints[0]);
  });

  it('only reports with warn, and is silent with off', () => {
    const warned = guardWith({ secretsInText: 'warn' }).look('a', token);
    expect(warned).toMatchObject({ text: token, findings: [{ masked: false }] });
    expect(guardWith({ secretsInText: 'off' }).look('a', token)).toEqual({
      text: token,
      findings: [],
    });
  });

  it('lets stay what is allowed, by its file or its fingerprint, and nothing else', () => {
    const text = `${token} ${other}`;
    const [found] = guardWith().look('a', text).findings;
    const allowedSecrets = { paths: ['docs/*'], fingerprints: [found?.fingerprint ?? ''] };
    const guard = guardWith({ allowedSecrets });
    expect(guard.look('docs/deep/a.md', text)).toEqual({ text, findings: [] });
    expect(guard.look('a', text).text).toBe(`${token} ${secretPlaceholder}`);
    expect(guard.look('a', text).findings).toMatchObject([{ rule: 'github' }]);
  });

  it('never touches an encrypted value, even one that looks like more', () => {
    const text = `"#token": "KBC::ProjectSecure::${token}/${other}", "token": "${token}"`;
    expect(guardWith().look('a', text).text).toBe(
      `"#token": "KBC::ProjectSecure::${token}/${other}", "token": "${secretPlaceholder}"`,
    );
  });

  it('cannot be switched off by what the text says', () => {
    for (const comment of ['secretlint-disable', 'secretlint-disable-line', 'gitleaks:allow']) {
      const text = `/* ${comment} */ ${other} -- ${comment}`;
      expect(guardWith().look('a', text).text).not.toContain(other);
    }
  });

  it('tells of a hundred secrets of a text, and masks all', () => {
    const tokens = Array.from({ length: 150 }, (_, index) => made('a token of npm', index + 1));
    const { text, findings } = guardWith().look('a.csv', tokens.join('\n'));
    expect(findings).toHaveLength(100);
    expect(findings.at(-1)).toMatchObject({ line: 100, column: 1 });
    expect(text).toBe(tokens.map(() => secretPlaceholder).join('\n'));
  });

  it('calls each kind of secret by a short name', () => {
    const rules = Object.keys(trueSecrets).flatMap((kind) =>
      guardWith()
        .look('a', made(kind))
        .findings.map(({ rule }) => rule),
    );
    expect([...new Set(rules)].sort()).toMatchInlineSnapshot(`
      [
        "anthropic",
        "authorization-header",
        "aws-key-id",
        "aws-secret-key",
        "azure-client-secret",
        "azure-storage-key",
        "databricks",
        "github",
        "gitlab",
        "google-api-key",
        "google-client-secret",
        "hugging-face",
        "jwt",
        "keboola-token",
        "npm",
        "openai",
        "password-in-address",
        "password-in-connection",
        "private-key",
        "sendgrid",
        "shopify",
        "slack",
        "stripe",
      ]
    `);
  });
});
