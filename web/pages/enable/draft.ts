import type { paths } from '../../api/schema.ts';
import { readKept, withoutSecrets } from './kept.ts';
import { steps, type EnableSearch, type Step } from './enable-search.ts';

/**
 * What a person has chosen so far. It is kept while the tab is open, so it never has a token or another secret in it: those
 * are only in the fields of their step, until they are stored.
 */
export interface Draft {
  /** The id of a project that is here, or `new`; empty: not chosen yet. */
  project: string;
  /** What was given for a new project. */
  source: { kind: string; id: string; url: string };
  /** Empty: not chosen yet. */
  branch: string;
  repository: { url: string; branch: string; folder: string };
  /** Whether the repository is that of the project's other mirrors, and nobody has said otherwise. */
  isSuggested: boolean;
  /** The id of a stored credential, `none` or `new`; empty: not chosen yet. */
  credential: string;
  newCredential: { name: string; username: string };
  /** Whether the repository was checked as it is now, and who can read it. */
  checked: 'private' | 'public' | 'unknown' | '';
  secrets: 'encrypted' | 'omitted';
  samples: { enabled: boolean; rows: number };
  jobs: { enabled: boolean; retainDays: number };
  emails: string[];
}

/** The draft of somebody who has chosen nothing. */
export const emptyDraft: Draft = {
  project: '',
  source: { kind: '', id: '', url: '' },
  branch: '',
  repository: { url: '', branch: 'main', folder: '' },
  isSuggested: false,
  credential: '',
  newCredential: { name: '', username: '' },
  checked: '',
  secrets: 'encrypted',
  samples: { enabled: false, rows: 20 },
  jobs: { enabled: true, retainDays: 90 },
  emails: [],
};

/** The body that enables or previews the mirror. */
export type MirrorBody =
  paths['/v1/projects/{project}/mirrors/{branch}']['put']['requestBody']['content']['application/json'];

/** What is sent to preview and to enable the mirror of a draft that is complete. */
export function mirrorBody(draft: Draft) {
  const { secrets, samples, jobs, emails } = draft;
  return {
    repository: repositoryBody(draft),
    secrets,
    samples: { enabled: samples.enabled, ...(samples.enabled && { rows: samples.rows }) },
    jobs: { enabled: jobs.enabled, ...(jobs.enabled && { retainDays: jobs.retainDays }) },
    notify: { emails },
  } satisfies MirrorBody;
}

/** Where the mirror writes, with its stored credential. */
export function repositoryBody({ repository, credential }: Draft): MirrorBody['repository'] {
  const { url, branch, folder } = repository;
  return {
    ...{
      url: url.trim(),
      branch: branch.trim(),
      subdirectory: folder.trim().replace(/^\/+|\/+$/g, ''),
    },
    credentialId: credential === 'none' || credential === 'new' ? null : credential || null,
  };
}

/** The last step that the draft allows: a step needs what the ones before it give. */
export function furthestStep({ project, branch, credential, checked }: Draft): Step {
  if (project === '' || project === 'new' || branch === '') return 'project';
  if (checked === '' || credential === '' || credential === 'new') return 'repository';
  return 'preview';
}

/** The step to show: the one that was asked for, or the last one that the draft allows before it. */
export function shownStep(asked: Step | undefined, draft: Draft): Step {
  const at = Math.min(steps.indexOf(asked ?? 'project'), steps.indexOf(furthestStep(draft)));
  return steps[at] ?? 'project';
}

/** Begins with the project and branch of the address, if they are others than those of the draft. */
export function begunWith(draft: Draft, { project, branch }: EnableSearch): Draft {
  if (project === undefined) return draft;
  if (project === draft.project && (branch === undefined || branch === draft.branch)) return draft;
  return { ...draft, project, branch: branch ?? '', checked: '' };
}

/** Another project has another repository, unless a person has said which. */
export function withoutSuggestion({ isSuggested }: Draft): Partial<Draft> {
  const { repository, credential } = emptyDraft;
  return isSuggested ? { repository, credential, isSuggested: false } : {};
}

/** A draft as it may be kept: an address with a name and a token in it is not. */
export function keptDraft(draft: Draft): Draft {
  const { source, repository } = draft;
  return {
    ...draft,
    source: { ...source, url: withoutSecrets(source.url) },
    repository: { ...repository, url: withoutSecrets(repository.url) },
  };
}

/** Whether a credential may be sent to a repository: it is for the same origin. */
export function fits(origin: string | null, url: string): boolean {
  return origin !== null && originOf(url) === origin;
}

/** The origin of an address that somebody is typing; `null` if there is none yet. */
export function originOf(url: string): string | null {
  return URL.canParse(url.trim()) ? new URL(url.trim()).origin : null;
}

/** A draft from what was kept; whatever is not of the expected kind is as if nothing had been chosen. */
export function parseDraft(text: string | null): Draft {
  return readKept(emptyDraft, text);
}
