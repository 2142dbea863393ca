/**
 * What happens to secrets that are recognised in texts: they are replaced (`mask`), only reported (`warn`), or not looked
 * for (`off`). In a space, `mask` refuses the save: what a person writes is not changed behind their back.
 */
export type SecretsInText = 'mask' | 'warn' | 'off';

/** All of {@link SecretsInText}. */
export const secretsInText = ['mask', 'warn', 'off'] as const satisfies readonly SecretsInText[];

/** What may stay although it looks like a secret. */
export interface AllowedSecrets {
  /** Paths with wildcards, as in `model/text/wildcard.ts`: nothing in these files is looked at. */
  paths: string[];
  /** Fingerprints of findings. */
  fingerprints: string[];
}

/** The settings of the guard for a mirror or a space. */
export interface GuardSettings {
  mode: SecretsInText;
  allowed: AllowedSecrets;
}

/** The settings of a policy, with the defaults: secrets are masked, and none may stay. */
export function guardSettings({
  secretsInText: mode = 'mask',
  allowedSecrets: allowed = { paths: [], fingerprints: [] },
}: {
  secretsInText?: SecretsInText;
  allowedSecrets?: AllowedSecrets;
}): GuardSettings {
  return { mode, allowed };
}

/** The same for the same settings, and only for these. */
export function guardKey({ mode, allowed: { paths, fingerprints } }: GuardSettings): string {
  return JSON.stringify([mode, [...paths].sort(), [...fingerprints].sort()]);
}

/** Stands where a secret was. It is valid inside of strings in JSON, SQL and programs. */
export const secretPlaceholder = '[secret masked by Gitward]';

/** A secret in a file: where it is, but never what it is. */
export interface SecretFinding {
  path: string;
  /** From 1. */
  line: number;
  /** From 1, in UTF-16 code units. */
  column: number;
  /** The kind of secret, such as `keboola-token`. */
  rule: string;
  /** 32 hex digits; the same for the same value anywhere in this installation. */
  fingerprint: string;
  /** Whether the file has a placeholder in its place. */
  masked: boolean;
}
