import type { CommitSettings } from '../streams/commit-style.ts';
import type { NoticeSettings } from '../streams/notice-channel.ts';
import type { AllowedSecrets, SecretsInText } from '../text/secrets-in-text.ts';
import type { ReviewRule } from './review-rules.ts';
import type { Role } from '../access/roles.ts';

/** Where a space's entries are. */
export interface SpaceRepository {
  url: string;
  branch: string;
  credentialId: string | null;
}

/** What a space may do, and what it should do. */
export interface SpaceRules {
  /** Kinds with personal data that an admin allows to be written even if anybody can read the repository. */
  publicKinds: string[];
  /** Whether an index file for each kind is committed too (`<root>/.index/<folder>.json`). */
  index: boolean;
  notify: NoticeSettings;
  /** What the host asks of commits; as usual if it is absent. */
  commits?: CommitSettings;
  /** Who must approve what, in addition to the rules in the repository; nobody if it is absent. */
  review?: ReviewRule[];
  /** What happens to saves with secrets in their texts: refused with `mask`, the default. Otherwise as for a mirror. */
  secretsInText?: SecretsInText;
  /** Which secrets may be saved; none if it is absent. */
  allowedSecrets?: AllowedSecrets;
  /** How many reviews may go on at once; {@link usualMostReviews} if it is absent. */
  mostReviews?: number;
}

/** The model that the examples of a space's prompts are run against as checks. */
export interface SpaceChecks {
  /** An OpenAI-compatible API with its version and without a slash at its end: `https://api.example/v1`. */
  address: string;
  model: string;
  /** The key, which is only sent to the address's origin; `null`: none is sent. */
  credentialId: string | null;
  /** How long one answer may take, in seconds. */
  timeout: number;
  /** The most examples of one run; each is one request. */
  maxExamples: number;
}

/** How many reviews of a space may go on at once. Each is asked for at the host, and may be large. */
export const usualMostReviews = 500;

/** How the host of a space's repository signs its webhooks. */
export type WebhookScheme = 'github' | 'gitlab' | 'gitea';

/** The webhook schemes, as schemas list them. */
export const webhookSchemes = ['github', 'gitlab', 'gitea'] as const satisfies WebhookScheme[];

/** What a token may do in a space. */
export interface SpaceGrant {
  /** A space's id. */
  space: string;
  /** The kinds that it applies to; `null` means all of them. */
  kinds: string[] | null;
  /** The highest role in this space; it never raises a token above the token's own role. */
  role: Role;
}
