import type { ColumnType } from 'kysely';
import type { SpaceGrant } from '../../model/knowledge/space.ts';
import type { Role } from '../../model/access/roles.ts';
import type { GroupRule } from '../../model/access/open-id-connect.ts';
import type { Grants } from '../../model/access/person.ts';
import type { SignInMethod } from '../../model/access/sign-in.ts';
import type { NullableTimestamp, CreatedAt, Counter, Jsonb, Timestamp } from './columns.ts';

/** Who may call the API. Only a hash of each token is stored. */
export interface TokensTable {
  id: string;
  kind: 'person' | 'machine';
  name: string;
  email: string | null;
  role: Role;
  /** The project ids it may see; `null` means all. */
  projects: string[] | null;
  /** What it may do in which spaces; `null` means its role in all of them. */
  spaces: ColumnType<SpaceGrant[] | null, string | null | undefined, string | null>;
  tokenHash: string;
  createdAt: CreatedAt;
  lastUsedAt: NullableTimestamp;
  /** `null`: never. */
  expiresAt: NullableTimestamp;
  revokedAt: NullableTimestamp;
}

/** Who signs in as themselves. */
export interface PeopleTable {
  id: string;
  name: string;
  email: string | null;
  role: Role;
  /** The project ids that they may see; `null` means all. */
  projects: string[] | null;
  /** What they may do in which spaces; `null` means their role in all of them. */
  spaces: ColumnType<SpaceGrant[] | null, string | null | undefined, string | null>;
  /** The provider that they sign in at, and who they are there; `null` for people of Gitward alone. */
  issuer: string | null;
  subject: string | null;
  createdAt: CreatedAt;
  lastSeenAt: NullableTimestamp;
  disabledAt: NullableTimestamp;
}

/** What lets somebody approve at a Git host as themselves: of a token's holder or a person, one for each origin. */
export interface HostTokensTable {
  /** Another one for each secret. */
  id: string;
  tokenId: string | null;
  personId: string | null;
  /** The only origin that it is sent to. */
  origin: string;
  /** Sealed. */
  secret: Buffer;
  storedAt: ColumnType<Date, Date | string | undefined, never>;
  /** When the host said that it does not take it. */
  refusedAt: NullableTimestamp;
}

/** Browsers that are signed in, as a person or as the holder of a token: one of the two is set. */
export interface SessionsTable {
  id: string;
  secretHash: string;
  tokenId: string | null;
  personId: string | null;
  method: SignInMethod;
  userAgent: string | null;
  address: string | null;
  createdAt: CreatedAt;
  lastUsedAt: ColumnType<Date, Date | string | undefined, Date | string>;
  /** The end, however much it is used. */
  expiresAt: Timestamp;
  /** The session at the provider. */
  sid: string | null;
  /** What the provider gave us for this session, sealed. */
  providerTokens: Buffer | null;
  /** When the provider last said that the person may be here; `null` for other ways to sign in. */
  checkedAt: NullableTimestamp;
  /** Since when somebody is asking; `null`: nobody is. */
  checkStartedAt: NullableTimestamp;
  /** When asking last failed; `null` after an answer. */
  checkFailedAt: NullableTimestamp;
}

/** Links that start one session each. Only a hash of each code is stored. */
export interface SignInLinksTable {
  codeHash: string;
  tokenId: string | null;
  personId: string | null;
  createdAt: CreatedAt;
  expiresAt: Timestamp;
  usedAt: NullableTimestamp;
}

/** The provider that people sign in at: one row at most. */
export interface OpenIdConnectTable {
  id: ColumnType<string, string | undefined, never>;
  name: string;
  issuer: string;
  clientId: string;
  /** Sealed. */
  clientSecret: Buffer;
  scopes: string[];
  groupsClaim: string;
  rules: Jsonb<GroupRule[]>;
  everyone: ColumnType<Grants | null, string | null, string | null>;
  updatedAt: ColumnType<Date, Date | string | undefined, Date | string>;
}

/** Browsers that are on their way to the provider. Only hashes of secrets are stored. */
export interface SignInAttemptsTable {
  stateHash: string;
  browserHash: string;
  /** Where to go afterwards: a path of ours. */
  returnTo: string;
  expiresAt: Timestamp;
}

/** Who did what. */
export interface AuditLogTable {
  id: Counter;
  at: CreatedAt;
  tokenId: string | null;
  personId: string | null;
  actor: string;
  action: string;
  target: string;
  requestId: string | null;
  detail: Jsonb<Record<string, unknown>>;
}
