import { createHmac } from 'node:crypto';
import {
  secretPlaceholder,
  type GuardSettings,
  type SecretFinding,
} from '../model/text/secrets-in-text.ts';
import { matchesWildcard } from '../model/text/wildcard.ts';
import { findSecrets, type FoundSecret } from './find-secrets.ts';

/** A text as it may go on, and what was found in it. */
export interface GuardedText {
  text: string;
  findings: SecretFinding[];
}

/** The most findings of a text that are told; all are masked. */
const mostTold = 100;

/** Looks for secrets in texts, and masks them if the settings say so. */
export class TextGuard {
  readonly settings: GuardSettings;
  readonly #key: Uint8Array;
  readonly #allowed: ReadonlySet<string>;

  /** `key` is this installation's: nobody else can tell from a fingerprint whether a guessed value is the secret. */
  constructor(settings: GuardSettings, key: Uint8Array) {
    this.settings = settings;
    this.#key = key;
    this.#allowed = new Set(settings.allowed.fingerprints);
  }

  /** What may stay is no finding. With `warn`, the text stays as it is; with `off`, nothing is looked for. */
  look(path: string, text: string): GuardedText {
    const { mode, allowed } = this.settings;
    if (mode === 'off') return { text, findings: [] };
    const found = findSecrets(text);
    if (found.length === 0) return { text, findings: [] };
    if (allowed.paths.some((pattern) => matchesWildcard(pattern, path)))
      return { text, findings: [] };
    const secrets = found
      .map((secret) => ({ ...secret, fingerprint: this.fingerprint(valueOf(text, secret)) }))
      .filter(({ fingerprint }) => !this.#allowed.has(fingerprint));
    const masked = mode === 'mask';
    return {
      text: masked ? withoutSecrets(text, secrets) : text,
      findings: placed(text, secrets.slice(0, mostTold)).map(
        ({ rule, fingerprint, line, column }) => ({
          ...{ path, line, column, rule, fingerprint, masked },
        }),
      ),
    };
  }

  /** The findings in a text that it did not have before; none unless secrets are masked, which is where saves are refused. */
  newIn(path: string, text: string, before: string | null): SecretFinding[] {
    if (this.settings.mode !== 'mask') return [];
    const { findings } = this.look(path, text);
    if (findings.length === 0 || before === null) return findings;
    const known = new Set(this.look(path, before).findings.map(({ fingerprint }) => fingerprint));
    return findings.filter(({ fingerprint }) => !known.has(fingerprint));
  }

  /** Identifies a value without giving anything of it away: 32 hex digits. */
  fingerprint(value: string | Uint8Array): string {
    return createHmac('sha256', this.#key).update(value).digest('hex').slice(0, 32);
  }
}

/** A key is the same key in lines and in a JSON string. */
function valueOf(text: string, { start, end }: FoundSecret): string {
  return text.slice(start, end).replace(/\\[nrt]|\s/g, '');
}

function withoutSecrets(text: string, secrets: readonly FoundSecret[]): string {
  const parts: string[] = [];
  let after = 0;
  for (const { start, end } of secrets) {
    parts.push(text.slice(after, start), secretPlaceholder);
    after = end;
  }
  return parts.join('') + text.slice(after);
}

/** The lines and columns of secrets, which are in the text's order. */
function placed<Found extends FoundSecret>(
  text: string,
  secrets: readonly Found[],
): (Found & { line: number; column: number })[] {
  let line = 1;
  let lineStart = 0;
  return secrets.map((secret) => {
    for (;;) {
      const next = text.indexOf('\n', lineStart);
      if (next === -1 || next >= secret.start) break;
      line++;
      lineStart = next + 1;
    }
    return { ...secret, line, column: secret.start - lineStart + 1 };
  });
}
