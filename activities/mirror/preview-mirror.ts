import type { Remote, Tip } from '../../git/types.ts';
import { treeDifference } from '../../model/mirror/difference.ts';
import { StreamFailure } from '../../model/streams/errors.ts';
import { mirrorStream } from '../../model/mirror/ids.ts';
import type { MirrorPreview, PreviewRequest } from '../../model/mirror/preview.ts';
import type { Rendering } from '../../model/platform/tree.ts';
import { askVisibility } from '../streams/check-visibility.ts';
import type { ActivityDependencies } from '../streams/dependencies.ts';
import { holdsOwn, inheritedFiles, strangeFiles } from './inherited-files.ts';
import { openMirrorRemote, openMirrorSource, platformOf } from './open-mirror.ts';
import { listOwnedFiles } from './place.ts';
import { noSuchBranch, readAll } from './window/read-view.ts';
import { collect } from '../../platforms/tree/collect.ts';
import { writeWhole } from './window/render-view.ts';
import { nothingShown } from './parts/shown-parts.ts';

type PreviewDependencies = Pick<
  ActivityDependencies,
  'db' | 'sealer' | 'git' | 'hosts' | 'installationId' | 'openSource' | 'platforms'
>;

const PATHS_SHOWN = 100;

/** Reads the source and the repository, and works out what a first commit would do. Writes to neither. */
export async function previewMirror(
  deps: PreviewDependencies,
  request: PreviewRequest,
  { signal }: { signal: AbortSignal },
): Promise<MirrorPreview> {
  const warnings: string[] = [];
  const remote = await openMirrorRemote(deps, {
    projectId: request.projectId,
    branchId: request.branchId,
    repositoryUrl: request.repository.url,
    repositoryBranch: request.repository.branch,
    credentialId: request.repository.credentialId,
  });
  const rendering = await render(deps, request, signal).catch((error: unknown) => {
    warnings.push(expected(error).message);
    return null;
  });
  const found = await look(deps, remote, request, signal);
  const { visibility, host } = await askVisibility(deps, remote, { signal });
  if (request.policy.samples.enabled && visibility.result !== 'private')
    warnings.push(`No samples would be written: ${visibility.reason}`);
  warnings.push(...(rendering?.warnings.map(({ message }) => message) ?? []));
  return {
    repository: {
      reachable: found.failure === null,
      failure: found.failure,
      empty: found.failure === null ? found.empty : null,
      tip: found.tip,
      pushAllowed: host?.pushAllowed ?? null,
      branchProtected: host?.branchProtected ?? null,
      visibility: visibility.result,
      visibilityReason: visibility.reason,
    },
    commit:
      rendering === null || found.failure !== null ? null : commitOf(rendering, found.present),
    adoptionNeeded: found.failure === null ? adoptionNeeded(found, rendering) : null,
    replacedSecrets: rendering?.replacedSecrets ?? [],
    warnings,
  };
}

async function render(
  deps: PreviewDependencies,
  request: PreviewRequest,
  signal: AbortSignal,
): Promise<Rendering> {
  const opened = await openMirrorSource(deps, request.projectId);
  const view = await readAll(opened, request, null, signal);
  if (view === null) throw noSuchBranch(request);
  return collect(
    writeWhole(request, view, request.policy, { paths: new Map(), shown: nothingShown }),
  );
}

/** What the repository has at the mirror's place. */
interface Found {
  failure: MirrorPreview['repository']['failure'];
  empty: boolean;
  tip: string | null;
  /** Files in our folders, by their path below the mirror's place. */
  present: Map<string, string>;
  /** Whether the repository already has a commit of this mirror. */
  ours: boolean;
  /** For a development branch, the files of the default branch's mirror: see {@link inheritedFiles}. */
  inherited: ReadonlySet<string> | null;
}

const nothingFound = { empty: false, tip: null, present: new Map(), ours: false, inherited: null };

function adoptionNeeded({ ours, present, inherited }: Found, rendering: Rendering | null): boolean {
  return !ours && strangeFiles(present, rendering?.files ?? new Map(), inherited).length > 0;
}

async function look(
  deps: PreviewDependencies,
  remote: Remote,
  { repository, projectId, branchId }: PreviewRequest,
  signal: AbortSignal,
): Promise<Found> {
  const platform = await platformOf(deps, projectId);
  const inspect = async (tip: Tip): Promise<Found> => {
    const base = { failure: null, empty: tip.repositoryEmpty, tip: tip.sha };
    const present = await listOwnedFiles(tip, repository.subdirectory, platform);
    const ours = await holdsOwn(deps.db, tip, mirrorStream({ projectId, branchId }));
    const place = {
      projectId,
      branchId,
      repositoryUrl: repository.url,
      subdirectory: repository.subdirectory,
    };
    const inherited = ours ? null : await inheritedFiles(deps, place, tip);
    return { ...base, present, ours, inherited };
  };
  try {
    return await deps.git.withTip(remote, inspect, { signal });
  } catch (error) {
    const { code, message } = expected(error);
    return { ...nothingFound, failure: { code, message } };
  }
}

function commitOf(
  rendering: Rendering,
  present: ReadonlyMap<string, string>,
): MirrorPreview['commit'] {
  const files = [...rendering.files.values()];
  const { written, removed } = treeDifference(rendering.files, present);
  const replaces = written.map(({ path }) => path).filter((path) => present.has(path));
  return {
    files: files.length,
    bytes: files.reduce((sum, { content }) => sum + content.length, 0),
    unchanged: files.length - written.length,
    replaces: replaces.slice(0, PATHS_SHOWN),
    removes: removed.slice(0, PATHS_SHOWN),
  };
}

/** A classified failure; anything else is a defect and is thrown again. */
function expected(error: unknown): StreamFailure {
  if (error instanceof StreamFailure) return error;
  throw error;
}
