import type { ColumnType } from 'kysely';
import type { SpaceGrant } from '../../model/knowledge/space.ts';
import type { Role } from '../../model/access/roles.ts';
import type { NullableTimestamp, CreatedAt, Counter, Jsonb } from './columns.ts';

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

/** Who did what. */
export interface AuditLogTable {
  id: Counter;
  at: CreatedAt;
  tokenId: string | null;
  actor: string;
  action: string;
  target: string;
  requestId: string | null;
  detail: Jsonb<Record<string, unknown>>;
}
