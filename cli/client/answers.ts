import type { Static, TSchema } from '@fastify/type-provider-typebox';
import { HostTokenList, HostTokenView } from '../../api/access/host-tokens/host-token-schema.ts';
import { SignInLink } from '../../api/access/sessions/session-schema.ts';
import { NewTokenView, TokenView } from '../../api/access/tokens/token-schema.ts';
import { Readiness } from '../../api/http/health-routes.ts';
import { Empty, Nullable, PageOf } from '../../api/http/schema-parts.ts';
import { CheckView, CheckWithResults } from '../../api/knowledge/checks/check-schema.ts';
import {
  ConflictItem,
  ConflictView,
  SettledMany,
} from '../../api/knowledge/conflicts/conflict-schema.ts';
import {
  ChangeSetView,
  DraftItem,
  DraftView,
  PublishedView,
} from '../../api/knowledge/drafts/draft-schema.ts';
import {
  EntryItem,
  EntryView,
  InReviewView,
  LaterView,
  RenderedView,
} from '../../api/knowledge/entries/entry-schema.ts';
import {
  EnvironmentList,
  EnvironmentView,
  MovedView,
} from '../../api/knowledge/environments/environment-schema.ts';
import {
  BlameView,
  DiffView,
  SpaceChangeView,
  SyncLogView,
  VersionView,
} from '../../api/knowledge/history/history-schema.ts';
import {
  OperationView,
  OperationWithItems,
} from '../../api/knowledge/operations/operation-schema.ts';
import { ReviewItemView, ReviewView } from '../../api/knowledge/reviews/review-schema.ts';
import { ReviewRulesView } from '../../api/knowledge/spaces/review-rules-schema.ts';
import { PromptView, RenderedPromptView } from '../../api/knowledge/prompts/prompt-schema.ts';
import { ScoreList, ScoreView } from '../../api/knowledge/prompts/score-schema.ts';
import { SpaceView } from '../../api/knowledge/spaces/space-schema.ts';
import { FilledView } from '../../api/knowledge/templates/template-schema.ts';
import { ChangeView } from '../../api/mirror/reading/change-routes.ts';
import { CommitView } from '../../api/mirror/commit-routes.ts';
import { EventsAnswer } from '../../api/mirror/event-schema.ts';
import { MirrorView } from '../../api/mirror/mirrors/mirror-schema.ts';
import { ChangePreviewView } from '../../api/mirror/mirrors/change-preview-route.ts';
import { PreviewView } from '../../api/mirror/preview-routes.ts';
import { ProjectView } from '../../api/mirror/projects.ts';
import { SampleEvent } from '../../api/mirror/sample-changes.ts';
import { HealthView } from '../../api/mirror/health-routes.ts';
import { HoldView } from '../../api/mirror/hold/hold-schema.ts';
import { VerificationAsked, VerificationView } from '../../api/mirror/verification-routes.ts';
import { InstallationHealthView } from '../../api/overview/installation-health-schema.ts';
import { OverviewView } from '../../api/overview/overview-schema.ts';
import {
  ChannelList,
  ChannelTestView,
  ChannelView,
  NewChannelView,
} from '../../api/streams/channels/channel-schema.ts';
import { NoticeView } from '../../api/streams/channels/notice-routes.ts';
import { CredentialView } from '../../api/streams/credentials/credential-schema.ts';
import { StoredFindingView } from '../../api/streams/secrets-schema.ts';

/**
 * The schemas of the answers of the API's routes that commands use. Commands import only the types
 * below: the schemas would load the API. A test compares each schema with those that its route
 * declares; a route with several answers has a union of them.
 */
export const answers = {
  'GET /readyz': Readiness,
  'GET /v1/overview': OverviewView,
  'GET /v1/installation/health': InstallationHealthView,

  'GET /v1/credentials': PageOf(CredentialView),
  'POST /v1/credentials': CredentialView,
  'PUT /v1/credentials/:credential/secret': CredentialView,
  'DELETE /v1/credentials/:credential': Empty,
  'PUT /v1/credentials/:credential/signing-key': CredentialView,
  'DELETE /v1/credentials/:credential/signing-key': CredentialView,

  'GET /v1/notices': PageOf(NoticeView),
  'GET /v1/notice-channels': ChannelList,
  'POST /v1/notice-channels': NewChannelView,
  'PATCH /v1/notice-channels/:channel': ChannelView,
  'DELETE /v1/notice-channels/:channel': Empty,
  'POST /v1/notice-channels/:channel/actions/test': ChannelTestView,

  'GET /v1/me/host-tokens': HostTokenList,
  'PUT /v1/me/host-tokens': HostTokenView,
  'DELETE /v1/me/host-tokens': Empty,

  'GET /v1/tokens': PageOf(TokenView),
  'POST /v1/tokens': NewTokenView,
  'DELETE /v1/tokens/:token': Empty,

  'POST /v1/sign-in-links': SignInLink,

  'GET /v1/projects': PageOf(ProjectView),
  'POST /v1/projects': ProjectView,
  'GET /v1/projects/:project': ProjectView,
  'PATCH /v1/projects/:project': ProjectView,
  'DELETE /v1/projects/:project': Empty,
  'POST /v1/projects/:project/sample-changes': SampleEvent,
  'POST /v1/events': EventsAnswer,

  'GET /v1/projects/:project/mirrors': PageOf(MirrorView),
  'POST /v1/projects/:project/mirrors/preview': PreviewView,
  'POST /v1/projects/:project/mirrors/:branch/preview': ChangePreviewView,
  'GET /v1/projects/:project/mirrors/:branch': MirrorView,
  'PUT /v1/projects/:project/mirrors/:branch': MirrorView,
  'DELETE /v1/projects/:project/mirrors/:branch': MirrorView,
  'POST /v1/projects/:project/mirrors/:branch/actions/refresh': MirrorView,
  'POST /v1/projects/:project/mirrors/:branch/actions/retry': MirrorView,
  'POST /v1/projects/:project/mirrors/:branch/actions/pause': MirrorView,
  'POST /v1/projects/:project/mirrors/:branch/actions/resume': MirrorView,
  'POST /v1/projects/:project/mirrors/:branch/actions/approve': MirrorView,
  'POST /v1/projects/:project/mirrors/:branch/actions/verify': VerificationAsked,
  'GET /v1/projects/:project/mirrors/:branch/verification': VerificationView,
  'GET /v1/projects/:project/mirrors/:branch/health': HealthView,
  'GET /v1/projects/:project/mirrors/:branch/hold': HoldView,
  'GET /v1/projects/:project/mirrors/:branch/commits': PageOf(CommitView),
  'GET /v1/projects/:project/mirrors/:branch/secrets': PageOf(StoredFindingView),
  'GET /v1/projects/:project/mirrors/:branch/changes': PageOf(ChangeView),

  'GET /v1/spaces': PageOf(SpaceView),
  'POST /v1/spaces': SpaceView,
  'GET /v1/spaces/:space/secrets': PageOf(StoredFindingView),
  'GET /v1/spaces/:space': SpaceView,
  'PATCH /v1/spaces/:space': SpaceView,
  'DELETE /v1/spaces/:space': Empty,
  'POST /v1/spaces/:space/actions/pause': SpaceView,
  'POST /v1/spaces/:space/actions/resume': SpaceView,
  'POST /v1/spaces/:space/actions/retry': SpaceView,
  'POST /v1/spaces/:space/actions/refresh': SpaceView,
  'POST /v1/spaces/:space/actions/approve': SpaceView,
  'POST /v1/spaces/:space/actions/accept-kinds': SpaceView,
  'POST /v1/spaces/:space/actions/accept-rules': SpaceView,
  'GET /v1/spaces/:space/review-rules': ReviewRulesView,
  'POST /v1/spaces/:space/actions/export': OperationView,
  'POST /v1/spaces/:space/actions/sync': OperationView,
  'POST /v1/spaces/:space/actions/import': OperationView,
  'GET /v1/spaces/:space/operations/:operation': OperationWithItems,
  'GET /v1/spaces/:space/changes': PageOf(SpaceChangeView),

  'GET /v1/spaces/:space/entries': PageOf(EntryItem),
  'POST /v1/spaces/:space/entries': LaterView,
  'GET /v1/spaces/:space/entries/:entry': EntryView,
  'GET /v1/spaces/:space/entries/:entry/rendered': RenderedView,
  'PUT /v1/spaces/:space/entries/:entry': LaterView,
  'DELETE /v1/spaces/:space/entries/:entry': Nullable(InReviewView),
  'POST /v1/spaces/:space/entries/:entry/actions/restore': LaterView,
  'POST /v1/spaces/:space/entries/:entry/actions/move': LaterView,
  'GET /v1/spaces/:space/entries/:entry/versions': PageOf(VersionView),
  'GET /v1/spaces/:space/entries/:entry/diff': DiffView,
  'GET /v1/spaces/:space/entries/:entry/blame': BlameView,
  'GET /v1/spaces/:space/entries/:entry/sync-logs': PageOf(SyncLogView),

  'GET /v1/spaces/:space/prompts/:prompt': PromptView,
  'POST /v1/spaces/:space/prompts/:prompt/render': RenderedPromptView,
  'GET /v1/spaces/:space/prompts/:prompt/scores': ScoreList,
  'POST /v1/spaces/:space/prompts/:prompt/scores': ScoreView,
  'POST /v1/spaces/:space/prompts/:prompt/checks': CheckView,
  'GET /v1/spaces/:space/prompts/:prompt/checks': PageOf(CheckView),
  'GET /v1/spaces/:space/prompts/:prompt/checks/:check': CheckWithResults,
  'POST /v1/spaces/:space/prompts/:prompt/checks/:check/actions/judge': CheckWithResults,
  'POST /v1/spaces/:space/templates/:template/fill': FilledView,
  'GET /v1/spaces/:space/environments': EnvironmentList,
  'GET /v1/spaces/:space/environments/:environment': EnvironmentView,
  'POST /v1/spaces/:space/environments/:environment/actions/promote': MovedView,
  'POST /v1/spaces/:space/environments/:environment/actions/rollback': MovedView,
  'GET /v1/spaces/:space/drafts': PageOf(DraftItem),
  'GET /v1/spaces/:space/drafts/:draft': DraftView,
  'PUT /v1/spaces/:space/drafts/:draft': DraftView,
  'DELETE /v1/spaces/:space/drafts/:draft': Empty,
  'POST /v1/spaces/:space/drafts/:draft/actions/publish': PublishedView,
  'GET /v1/spaces/:space/change-sets': PageOf(ChangeSetView),
  'POST /v1/spaces/:space/change-sets': ChangeSetView,
  'DELETE /v1/spaces/:space/change-sets/:changeSet': Empty,
  'POST /v1/spaces/:space/change-sets/:changeSet/actions/publish': PublishedView,

  'GET /v1/spaces/:space/reviews': PageOf(ReviewItemView),
  'GET /v1/spaces/:space/reviews/:review': ReviewView,
  'POST /v1/spaces/:space/reviews/:review/actions/approve': ReviewView,
  'POST /v1/spaces/:space/reviews/:review/actions/request-changes': ReviewView,
  'POST /v1/spaces/:space/reviews/:review/actions/withdraw': ReviewView,
  'POST /v1/spaces/:space/reviews/:review/actions/dismiss': ReviewView,
  'POST /v1/spaces/:space/reviews/:review/actions/merge': ReviewView,
  'POST /v1/spaces/:space/reviews/:review/actions/close': ReviewView,

  'GET /v1/spaces/:space/conflicts': PageOf(ConflictItem),
  'GET /v1/spaces/:space/conflicts/:conflict': ConflictView,
  'POST /v1/spaces/:space/conflicts/:conflict/actions/settle': ConflictView,
  'POST /v1/spaces/:space/conflicts/actions/settle': SettledMany,
} satisfies Record<
  'GET /readyz' | `${'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'} /v1/${string}`,
  TSchema
>;

/** A route of the API: its method, and its path with the names of its parameters. */
export type Route = keyof typeof answers;

/** What a route answers. */
export type Answer<R extends Route> = Static<(typeof answers)[R]>;

/** A route that answers a page of a list. */
export type ListRoute = {
  [R in Route]: Answer<R> extends { items: unknown[]; nextCursor: string | null } ? R : never;
}[Route];

/** An item of a list. */
export type Item<R extends ListRoute> = Answer<R>['items'][number];
