import type {
  InstallationTable,
  CredentialsTable,
  BatchesTable,
  BatchFilesTable,
  FailedAttemptsTable,
  OutagesTable,
  NoticeChannelsTable,
  NoticesTable,
  VisibilitiesTable,
  PushedCommitsTable,
  StreamProgressTable,
  HeldRemovalsTable,
  HostRefusalsTable,
  SecretFindingsTable,
} from './streams.ts';
import type {
  AuditLogTable,
  HostTokensTable,
  OpenIdConnectTable,
  PeopleTable,
  SessionsTable,
  SignInAttemptsTable,
  SignInLinksTable,
  TokensTable,
} from './access.ts';
import type {
  FeedsTable,
  ProjectsTable,
  WatchedStacksTable,
  MirrorsTable,
  ChangeEventsTable,
  RenderedFilesTable,
  RefusedFilesTable,
  SnapshotsTable,
  SnapshotConfigurationsTable,
  VerificationFilesTable,
  VerificationsTable,
  TableSamplesTable,
  SampleChangesTable,
  JobRunsTable,
  JobDaysTable,
  JobListingsTable,
  JobTablesTable,
} from './mirror.ts';
import type {
  SpacesTable,
  EntriesTable,
  SavesTable,
  ConflictsTable,
  SpaceCommitsTable,
  SpaceHistoriesTable,
  EntryVersionsTable,
  SyncLogsTable,
  WebhookDeliveriesTable,
  OperationsTable,
  OperationItemsTable,
  ChangeSetsTable,
  DraftsTable,
} from './knowledge.ts';
import type { HousekeepingTable, ProcessDisksTable } from './housekeeping.ts';
import type { PromptCheckResultsTable, PromptChecksTable, PromptScoresTable } from './prompts.ts'; // prettier-ignore

import type { ReviewApprovalsTable, ReviewItemsTable, ReviewsTable } from './reviews.ts';

export interface Database {
  installation: InstallationTable;
  projects: ProjectsTable;
  feeds: FeedsTable;
  watchedStacks: WatchedStacksTable;
  credentials: CredentialsTable;
  hostRefusals: HostRefusalsTable;
  mirrors: MirrorsTable;
  changeEvents: ChangeEventsTable;
  batches: BatchesTable;
  pushedCommits: PushedCommitsTable;
  batchFiles: BatchFilesTable;
  renderedFiles: RenderedFilesTable;
  refusedFiles: RefusedFilesTable;
  snapshots: SnapshotsTable;
  snapshotConfigurations: SnapshotConfigurationsTable;
  outages: OutagesTable;
  failedAttempts: FailedAttemptsTable;
  notices: NoticesTable;
  noticeChannels: NoticeChannelsTable;
  verificationFiles: VerificationFilesTable;
  verifications: VerificationsTable;
  tableSamples: TableSamplesTable;
  visibilities: VisibilitiesTable;
  streamProgress: StreamProgressTable;
  heldRemovals: HeldRemovalsTable;
  secretFindings: SecretFindingsTable;
  jobRuns: JobRunsTable;
  jobDays: JobDaysTable;
  jobListings: JobListingsTable;
  jobTables: JobTablesTable;
  tokens: TokensTable;
  people: PeopleTable;
  hostTokens: HostTokensTable;
  sessions: SessionsTable;
  signInLinks: SignInLinksTable;
  openIdConnect: OpenIdConnectTable;
  signInAttempts: SignInAttemptsTable;
  auditLog: AuditLogTable;
  sampleChanges: SampleChangesTable;
  spaces: SpacesTable;
  entries: EntriesTable;
  saves: SavesTable;
  conflicts: ConflictsTable;
  spaceCommits: SpaceCommitsTable;
  spaceHistories: SpaceHistoriesTable;
  entryVersions: EntryVersionsTable;
  syncLogs: SyncLogsTable;
  webhookDeliveries: WebhookDeliveriesTable;
  operations: OperationsTable;
  operationItems: OperationItemsTable;
  changeSets: ChangeSetsTable;
  drafts: DraftsTable;
  reviews: ReviewsTable;
  reviewItems: ReviewItemsTable;
  reviewApprovals: ReviewApprovalsTable;
  promptScores: PromptScoresTable;
  promptChecks: PromptChecksTable;
  promptCheckResults: PromptCheckResultsTable;
  housekeeping: HousekeepingTable;
  processDisks: ProcessDisksTable;
}
