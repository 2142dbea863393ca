/** A job in the form of the Queue API, with only the fields that Gitward reads. */
export interface ApiJob {
  id: string;
  runId: string;
  parentRunId: string;
  branchId: string | null;
  status: string;
  component: string;
  config: string | null;
  configRowIds: string[];
  mode: string;
  createdTime: string;
  startTime: string | null;
  endTime: string | null;
  token: { id: string; description: string };
  result: Record<string, unknown>;
  [field: string]: unknown;
}

/** The event that reports a job to Gitward: the body of `POST /v1/events`. */
export interface JobFinished {
  type: 'job_finished';
  projectId: string;
  branchId: string;
  componentId: string;
  configId: string | null;
  runId: string;
  status: string;
  author: string;
  startedAt: string;
  finishedAt: string;
}

/** A job to run. Defaults to a successful one that took a minute and ends now. */
export type NewJob = Partial<ApiJob> & { endsAt?: Date };

/** The jobs of a project, and the Queue API's answers about them. */
export class QueueApiStore {
  readonly jobs: ApiJob[] = [];
  readonly #projectId: string;
  #last = 5_000;

  constructor(projectId: string) {
    this.#projectId = projectId;
  }

  /** Runs a job to its end, and returns the event that reports it. */
  run({ endsAt = new Date(), ...fields }: NewJob = {}): JobFinished {
    this.#last += 1;
    const id = fields.id ?? String(this.#last);
    const job: ApiJob = {
      id,
      runId: id,
      parentRunId: '',
      branchId: '1000',
      status: 'success',
      component: 'keboola.ex-db-mysql',
      config: '7',
      configRowIds: [],
      mode: 'run',
      createdTime: apiTime(endsAt.getTime() - 65_000),
      startTime: apiTime(endsAt.getTime() - 60_000),
      endTime: apiTime(endsAt.getTime()),
      token: { id: '1', description: 'eva@example.com' },
      result: { message: 'Component processing finished.', configVersion: '3' },
      ...fields,
    };
    this.jobs.push(job);
    return {
      type: 'job_finished',
      projectId: this.#projectId,
      branchId: job.branchId ?? '1000',
      componentId: job.component,
      configId: job.config,
      runId: job.runId,
      status: job.status === 'error' ? 'FAILED' : job.status.toUpperCase(),
      author: job.token.description,
      startedAt: new Date(endsAt.getTime() - 60_000).toISOString(),
      finishedAt: endsAt.toISOString(),
    };
  }

  /** The answer to `GET <path>`, or `null` for 404. */
  answer(path: string, query: URLSearchParams): unknown {
    if (path === '/jobs' || path === '/search/jobs') return this.#list(query);
    const id = /^\/jobs\/([^/]+)$/.exec(path)?.[1];
    return id === undefined ? null : (this.jobs.find((job) => job.id === id) ?? null);
  }

  #list(query: URLSearchParams): ApiJob[] {
    if (query.get('sortBy') !== 'endTime' || query.get('sortOrder') !== 'desc')
      throw new Error('The stand-in only sorts by end time.');
    const from = Date.parse(query.get('endTimeFrom') ?? '1970-01-01');
    const end = ({ endTime }: ApiJob) => (endTime === null ? Infinity : Date.parse(endTime));
    const offset = Number(query.get('offset') ?? 0);
    return this.jobs
      .filter((job) => end(job) >= from)
      .sort((a, b) => end(b) - end(a))
      .slice(offset, offset + Math.min(Number(query.get('limit') ?? 100), 500));
  }
}

/** A time in the platform's form. */
function apiTime(time: number): string {
  return new Date(time).toISOString().replace(/\.\d+Z$/, '+0000');
}
