import type { Remote, Tip } from '../../git/types.ts';
import { treeDifference } from '../../model/mirror/difference.ts';
import { ancestorsOf } from '../../model/text/ancestors.ts';
import { StreamFailure } from '../../model/streams/errors.ts';
import { mirrorStream } from '../../model/mirror/ids.ts';
import type { MirrorPreview, PreviewRequest } from '../../model/mirror/preview.ts';
import { listed } from '../../model/streams/listed.ts';
import type { RenderedFile, Rendering } from '../../model/platform/tree.ts';
import type { SecretFinding } from '../../model/text/secrets-in-text.ts';
import { repositoryFindings, type FoundBranch } from '../streams/check-repository.ts';
import type { ActivityDependencies } from '../streams/dependencies.ts';
import { holdsOwn, inheritedFiles, strangeFiles } from './inherited-files.ts';
import { openMirrorRemote, openMirrorSource, platformOf } from './open-mirror.ts';
import { inPlace, readPlace, twinWarning, type PlaceContents } from './place.ts';
import { noSuchBranch, readAll, type ProjectView } from './window/read-view.ts';
import { collect } from '../../platforms/tree/collect.ts';
import { writeWhole } from './window/render-view.ts';
import { nothingShown } from './parts/shown-parts.ts';
import { openTreeGuards } from './tree-guard.ts';
import { turnTaker } from '../streams/taking-turns.ts';

type PreviewDependencies = Pick<
  ActivityDependencies,
  'db' | 'sealer' | 'git' | 'hosts' | 'installationId' | 'openSource' | 'platforms'
>;

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
    policy: request.policy,
  });
  const read = await readProject(deps, request, signal).catch((error: unknown) => {
    warnings.push(expected(error).message);
    return null;
  });
  const rendering = read?.rendering ?? null;
  const found = await look(deps, remote, request, signal);
  const repository = await repositoryFindings(deps, remote, found, { signal });
  if (request.policy.samples.enabled && repository.visibility !== 'private')
    warnings.push(`No samples would be written: ${repository.visibilityReason}`);
  warnings.push(...aboutBranch(found, request), ...aboutAttributes(found, request));
  warnings.push(...found.twins.map(twinWarning));
  warnings.push(...(rendering?.warnings.map(({ message }) => message) ?? []));
  return {
    repository,
    contents: read && contentsOf(read.view),
    commit: rendering === null || found.failure !== null ? null : commitOf(rendering, found),
    adoptionNeeded: found.failure === null ? adoptionNeeded(found, rendering) : null,
    replacedSecrets: listed(rendering?.replacedSecrets ?? []),
    secretsInText: listed(read?.secrets ?? []),
    warnings: listed(warnings),
  };
}

async function readProject(
  deps: PreviewDependencies,
  request: PreviewRequest,
  signal: AbortSignal,
): Promise<{ view: ProjectView; rendering: Rendering; secrets: readonly SecretFinding[] }> {
  const opened = await openMirrorSource(deps, request.projectId);
  const view = await readAll(opened, request, null, { signal });
  if (view === null) throw noSuchBranch(request);
  const rendering = collect(
    writeWhole(request, view, request.policy, { paths: new Map(), shown: nothingShown }),
  );
  const guard = (await openTreeGuards(deps, { ...request, guardedAs: null }))(new Map());
  const files = new Map<string, RenderedFile>();
  const pause = turnTaker({ signal });
  for (const [path, file] of rendering.files) {
    files.set(path, guard.look(file));
    await pause();
  }
  return { view, rendering: { ...rendering, files }, secrets: guard.findings };
}

function contentsOf({ platform, objects, storage }: ProjectView): MirrorPreview['contents'] {
  const counts = new Map<string, number>();
  for (const { version } of objects.values())
    counts.set(version.kind, (counts.get(version.kind) ?? 0) + 1);
  const kinds = [...counts]
    .map(([kind, count]) => ({ kind, word: platform.objects.wordFor(kind), count }))
    .sort((a, b) => b.count - a.count || (a.kind < b.kind ? -1 : 1));
  return { objects: listed(kinds), tables: storage?.tables.length ?? 0 };
}

/** What the repository has at the mirror's place. */
interface Found extends FoundBranch, PlaceContents {
  /** Whether the repository already has a commit of this mirror. */
  ours: boolean;
  /** For a development branch, the files of the default branch's mirror: see {@link inheritedFiles}. */
  inherited: ReadonlySet<string> | null;
  /** The branch that a new one would begin with; `null` for none, or if the branch exists. */
  start: string | null;
  /** The owner's files of attributes that apply to our folders. */
  attributes: string[];
}

const nothingFound = {
  ...{ empty: false, tip: null, present: new Map(), above: [], occupied: [] },
  ...{ ours: false, inherited: null, start: null },
  ...{ attributes: [], twins: [] },
};

/** What a person should know of a Git branch that does not exist yet. */
function aboutBranch(
  { failure, empty, tip, start }: Found,
  { repository }: PreviewRequest,
): string[] {
  const { branch } = repository;
  if (failure !== null || tip !== null) return [];
  if (empty)
    return [
      `The repository is empty. What a clone shows is the branch that its host calls the default: make it ${branch} there, if it is another one.`,
    ];
  return start === null
    ? [`The branch ${branch} does not exist yet: it begins with nothing.`]
    : [
        `The branch ${branch} does not exist yet: it begins with what ${start === 'HEAD' ? 'the default branch' : start} has.`,
      ];
}

/** Where the owner's attributes may change our files in clones. */
function aboutAttributes({ attributes }: Found, { policy }: PreviewRequest): string[] {
  if (policy.attributes === true || attributes.length === 0) return [];
  return [
    `What ${attributes.join(' and ')} says may change our files in clones (line ends, LFS): with the setting "attributes", it does not.`,
  ];
}

/** The `.gitattributes` at a place and above it. */
async function attributesAbove(tip: Tip, subdirectory: string): Promise<string[]> {
  const folders = ['', ...ancestorsOf(inPlace(subdirectory, ''))];
  const paths = folders.map((folder) => inPlace(folder, '.gitattributes'));
  return [...(await tip.objectsAt(paths)).keys()];
}

function adoptionNeeded(
  { ours, present, occupied, inherited }: Found,
  rendering: Rendering | null,
): boolean {
  if (occupied.length > 0) return true;
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
    const start = tip.start?.branch ?? null;
    const contents = await readPlace(tip, repository.subdirectory, platform);
    const ours = await holdsOwn(deps.db, tip, mirrorStream({ projectId, branchId }));
    const place = {
      projectId,
      branchId,
      repositoryUrl: repository.url,
      subdirectory: repository.subdirectory,
    };
    const inherited = ours ? null : await inheritedFiles(deps, place, tip);
    const attributes = await attributesAbove(tip, repository.subdirectory);
    return { ...base, ...contents, ours, inherited, start, attributes };
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
  { present, above }: PlaceContents,
): MirrorPreview['commit'] {
  const files = [...rendering.files.values()];
  const { written, removed } = treeDifference(rendering.files, present);
  const paths = written.map(({ path }) => path);
  return {
    files: files.length,
    bytes: files.reduce((sum, { content }) => sum + content.length, 0),
    unchanged: files.length - written.length,
    adds: listed(paths.filter((path) => !present.has(path))),
    replaces: listed([...above, ...paths.filter((path) => present.has(path))]),
    removes: listed(removed),
  };
}

/** A classified failure; anything else is a defect and is thrown again. */
export function expected(error: unknown): StreamFailure {
  if (error instanceof StreamFailure) return error;
  throw error;
}
