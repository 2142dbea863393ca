import type { Listed } from '../streams/listed.ts';
import type { SecretFinding } from '../text/secrets-in-text.ts';
import type { RepositoryFindings } from '../streams/repository-findings.ts';
import type { MirrorKey } from './ids.ts';
import type { MirrorPolicy, MirrorRepository } from './mirror.ts';

/** A mirror that a person is thinking of enabling. None of this is stored. */
export interface PreviewRequest extends MirrorKey {
  repository: MirrorRepository;
  policy: MirrorPolicy;
}

/** What enabling a mirror would find and do. `null` means that it could not be determined. */
export interface MirrorPreview {
  repository: RepositoryFindings;
  /** What the project's branch has; `null` if the source cannot be read. */
  contents: {
    /** How many objects of each kind, most first; `word` is what commits call one, such as `extractor`. */
    objects: Listed<{ kind: string; word: string; count: number }>;
    /** How many tables it has. */
    tables: number;
  } | null;
  /** What the first commit would do; `null` if the source or the repository cannot be read. */
  commit: {
    /** How many files it would write, and their size in bytes, before samples and runs of jobs. */
    files: number;
    bytes: number;
    /** How many of them are already in the repository, byte for byte. */
    unchanged: number;
    /** Paths that it would add to the repository. */
    adds: Listed<string>;
    /** Paths in our folders that it would overwrite or remove. */
    replaces: Listed<string>;
    removes: Listed<string>;
  } | null;
  /** Whether our folders contain files that are not ours, so that `adopt` is needed. */
  adoptionNeeded: boolean | null;
  /** JSON Pointers of plain-text secrets that would be left out, by file. */
  replacedSecrets: Listed<{ path: string; pointer: string }>;
  /** Secrets that were recognised in texts, as the mirror's settings have them treated. */
  secretsInText: Listed<SecretFinding>;
  warnings: Listed<string>;
}
