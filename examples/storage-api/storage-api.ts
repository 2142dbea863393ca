import { once } from 'node:events';
import { createServer, type IncomingMessage, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { answerOf, endpointOf, type Endpoint } from './answers.ts';
import { EventStore, type NewEvent } from './event-store.ts';
import { RefusedPreview } from './preview.ts';
import { QueueApiStore } from './queue-api.ts';
import { recordedProject, smallProject, type StorageApiProject } from './data.ts';
import { Faults, type Fault } from './faults.ts';
import {
  StorageApiStore,
  type ConfigChanged,
  type ConfigurationKey,
  type NewVersion,
} from './store.ts';
import {
  StorageApiTableStore,
  type NewLoad,
  type NewTable,
  type StorageChanged,
} from './table-store.ts';

/** How to start a stand-in. */
export interface StorageApiOptions {
  /** The project to serve, which is changed in place. Defaults to `smallProject()`. */
  project?: StorageApiProject;
  /** The `api/` folder of a recorded case, to serve instead of a project. */
  directory?: string;
  /** The only token that it accepts. Defaults to `storage-api-token`. */
  token?: string;
  /** The port on 127.0.0.1. Defaults to any free one. */
  port?: number;
  /**
   * Whether to keep answers as bytes until a method here changes something, for large projects. Direct
   * changes to `project` are then not visible.
   */
  keepAnswers?: boolean;
  /** Whether it has a feed of its events and a search of its jobs, as the platform has. Defaults to `false`. */
  feeds?: boolean;
}

/** A stand-in for the Storage API of one project, wherever it is served. */
export type StorageApiOfProject = Omit<StorageApi, 'url' | 'close'> & {
  answer(request: IncomingMessage, origin: string): Promise<Answer | 'hang' | 'cut'>;
};

/** A running stand-in for the Storage API. */
export interface StorageApi {
  url: string;
  token: string;
  projectId: string;
  /** The project as it is now. */
  project: StorageApiProject;
  /**
   * Saves a configuration as the platform does (its version is raised), and returns the event that reports
   * it.
   */
  change(key: ConfigurationKey, version?: NewVersion): ConfigChanged;
  /** Creates a configuration with version 1. */
  create(key: ConfigurationKey, version?: NewVersion): ConfigChanged;
  delete(key: ConfigurationKey): void;
  /** Sets metadata of a configuration, which does not raise its version. */
  setMetadata(key: ConfigurationKey, name: string, value: string): void;
  createBranch(id: number, name: string): void;
  deleteBranch(id: number): void;
  /** Records an event without changing anything. */
  record(event: NewEvent): void;
  /** Creates a table (and its bucket, if necessary) or changes it, and returns the event that reports it. */
  putTable(id: string, table?: NewTable): StorageChanged;
  /** Loads data into a table: only rows, size and times change. */
  importTable(id: string, load?: NewLoad): StorageChanged;
  deleteTable(id: string): StorageChanged;
  /** Its jobs. The Queue API is at `/svc/queue` on the same host, as the index says. */
  queue: QueueApiStore;
  /** Makes calls fail, hang or wait from now on (or only a number of times). */
  disturb(fault: Fault): void;
  /** Removes all faults. */
  recover(): void;
  /** How often each endpoint was called since the start or the last reset. */
  calls: Record<Endpoint, number>;
  resetCalls(): void;
  close(): Promise<void>;
}

/** An answer to a request. */
export interface Answer {
  status: number;
  text: string | Buffer;
  headers?: Record<string, string>;
}

/** Makes a stand-in that is not served yet. */
export function createStorageApi(
  options: Omit<StorageApiOptions, 'port'> = {},
): StorageApiOfProject {
  const token = options.token ?? 'storage-api-token';
  const { project, answers } =
    options.directory === undefined
      ? { project: options.project ?? smallProject(), answers: new Map<string, string>() }
      : recordedProject(options.directory);
  const store = new StorageApiStore(project, answers);
  const tables = new StorageApiTableStore(project);
  const queue = new QueueApiStore(String(project.token.owner.id));
  const events = new EventStore();
  const hasFeeds = options.feeds ?? false;
  const faults = new Faults();
  const calls = noCalls();
  const kept = new Map<string, Answer>();

  /** The answer to a request. `hang` and `cut` mean that there is none. */
  async function answer(
    request: IncomingMessage,
    origin: string,
  ): Promise<Answer | 'hang' | 'cut'> {
    const { pathname, searchParams } = new URL(request.url ?? '/', 'http://localhost');
    const job = /^\/svc\/queue(\/(?:search\/)?jobs(?:\/[^/]+)?)$/.exec(pathname)?.[1];
    if (job !== undefined) return answerJob(request, job, searchParams);
    const match = /^\/v2\/storage((?:\/[^/]+)*)\/?$/.exec(pathname);
    if (match === null) return json(404, { error: 'Not found' });
    const path = match[1] ?? '';
    if (request.method === 'PUT') return save(request, path);
    const endpoint = endpointOf(path);
    if (endpoint === null) return json(404, { error: 'Not found' });

    calls[endpoint]++;
    const fault = faults.next(endpoint);
    if (fault?.delay !== undefined) await sleep(fault.delay);
    if (fault?.hang === true) return 'hang';
    if (fault?.disconnect === true) return 'cut';
    if (fault?.status !== undefined) return refusal(fault, fault.status);
    // Everyone can read the index, as in the platform.
    if (endpoint !== 'index' && !isAllowed(request)) return unauthorized;
    const text = fault?.body ?? answers.get(path);
    if (text !== undefined) return { status: 200, text };
    const feed = /^(?:\/branch\/([^/]+))?\/events$/.exec(path);
    if (feed !== null) return hasFeeds ? eventsOf(feed[1], searchParams) : json(404, {});
    const given = kept.get(request.url ?? '') ?? made(path, searchParams, origin);
    if (options.keepAnswers === true) kept.set(request.url ?? '', given);
    return given;
  }

  function eventsOf(id: string | undefined, query: URLSearchParams): Answer {
    if (id === undefined) return json(200, events.answer(null, query));
    const branch = project.branches.find((one) => String(one.id) === id);
    return branch === undefined ? json(404, {}) : json(200, events.answer(idBranch(id), query));
  }

  /** As events name a branch. */
  function idBranch(id: string): number | null {
    const branch = project.branches.find((one) => String(one.id) === id);
    return branch === undefined || branch.isDefault ? null : branch.id;
  }

  function made(path: string, query: URLSearchParams, origin: string): Answer {
    const body = path === '' ? index(origin) : answerOf(project, path, query);
    if (body instanceof RefusedPreview) return json(body.status, { code: body.code });
    return body === null
      ? json(404, { error: 'Not found' })
      : { status: 200, text: Buffer.from(JSON.stringify(body)) };
  }

  /** The index, which names the queue unless the project lists its services itself. */
  function index(origin: string): object {
    const services = [{ id: 'queue', url: `${origin}/svc/queue` }];
    return { services, ...project.index };
  }

  function answerJob(
    request: IncomingMessage,
    path: string,
    query: URLSearchParams,
  ): Answer | 'cut' {
    const endpoint = path === '/jobs' ? 'jobs' : path === '/search/jobs' ? 'job-search' : 'job';
    calls[endpoint]++;
    const fault = faults.next(endpoint);
    if (fault?.disconnect === true) return 'cut';
    if (fault?.status !== undefined) return refusal(fault, fault.status);
    if (!isAllowed(request)) return unauthorized;
    if (endpoint === 'job-search' && !hasFeeds) return json(404, { error: 'Not found' });
    const body = queue.answer(path, query);
    return body === null ? json(404, { error: 'Not found' }) : json(200, body);
  }

  /** Returns the result of `change`, and discards the answers that were kept. */
  function changing<T>(change: () => T): T {
    kept.clear();
    return change();
  }

  /** `PUT /branch/{b}/components/{c}/configs/{id}`, with which a walk-through changes the project. */
  async function save(request: IncomingMessage, path: string): Promise<Answer> {
    if (!isAllowed(request)) return unauthorized;
    const match = /^\/branch\/([^/]+)\/components\/([^/]+)\/configs\/([^/]+)$/.exec(path);
    const [, branchId, componentId, configId] = match ?? [];
    if (branchId === undefined || componentId === undefined || configId === undefined)
      return json(404, { error: 'Not found' });
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    try {
      const version = JSON.parse(Buffer.concat(chunks).toString()) as NewVersion;
      const key = { branchId, componentId, configId };
      return json(
        200,
        changing(() => changeConfiguration('Changed', key, version)),
      );
    } catch (error) {
      return json(400, { error: String(error) });
    }
  }

  function isAllowed(request: IncomingMessage): boolean {
    return request.headers['x-storageapi-token'] === token;
  }

  function changeConfiguration(
    what: 'Changed' | 'Created',
    key: ConfigurationKey,
    version?: NewVersion,
  ): ConfigChanged {
    const changed = what === 'Created' ? store.create(key, version) : store.change(key, version);
    events.ofConfiguration(what, changed, idBranch(changed.branchId));
    return changed;
  }

  function changeTable(changed: StorageChanged): StorageChanged {
    events.ofTable(changed, idBranch(changed.branchId));
    return changed;
  }

  return {
    answer,
    token,
    projectId: String(project.token.owner.id),
    project,
    queue,
    calls,
    change: (key, version) => changing(() => changeConfiguration('Changed', key, version)),
    create: (key, version) => changing(() => changeConfiguration('Created', key, version)),
    delete: (key) =>
      changing(() => {
        const deleted = store.delete(key);
        events.ofConfiguration('Deleted', deleted, idBranch(deleted.branchId));
      }),
    setMetadata: (key, name, value) =>
      changing(() => {
        const changed = store.setMetadata(key, name, value);
        events.ofConfiguration('MetadataSet', changed, idBranch(changed.branchId));
      }),
    createBranch: (id, name) =>
      changing(() => {
        const main = project.branches.find(({ isDefault }) => isDefault);
        project.branches.push({ ...structuredClone(main!), id, name, isDefault: false });
        events.record({
          ...{ event: 'storage.devBranchCreated', objectType: 'devBranch' },
          ...{ objectId: String(id), objectName: name },
        });
      }),
    deleteBranch: (id) =>
      changing(() => {
        project.branches = project.branches.filter((branch) => branch.id !== id);
        events.record({
          ...{ event: 'storage.devBranchDeleted', objectType: 'devBranch', objectId: String(id) },
        });
      }),
    record: (event) => void events.record(event),
    putTable: (id, table) => changing(() => changeTable(tables.put(id, table))),
    importTable: (id, load) => changing(() => changeTable(tables.import(id, load))),
    deleteTable: (id) => changing(() => changeTable(tables.delete(id))),
    disturb: (fault) => faults.add(fault),
    recover: () => faults.clear(),
    resetCalls: () => {
      Object.assign(calls, noCalls());
    },
  };
}

/** Starts a stand-in on the loopback interface. It must be closed. */
export async function startStorageApi(options: StorageApiOptions = {}): Promise<StorageApi> {
  const api = createStorageApi(options);
  const server = await serve(options.port ?? 0, (request, origin) => api.answer(request, origin));
  return { ...api, ...server };
}

/** Serves answers on the loopback interface. */
export async function serve(
  port: number,
  answer: (request: IncomingMessage, origin: string) => Promise<Answer | 'hang' | 'cut'>,
): Promise<{ url: string; close: () => Promise<void> }> {
  const listener: RequestListener = (request, response) => {
    void answer(request, url)
      .catch(broken)
      .then((given) => {
        if (given === 'hang') return;
        if (given === 'cut') request.socket.destroy();
        else {
          const headers = {
            'content-type': 'application/json',
            'content-length': Buffer.byteLength(given.text),
            ...given.headers,
          };
          response.writeHead(given.status, headers).end(given.text);
        }
      });
  };
  const server: Server = createServer(listener);
  server.listen(port, '127.0.0.1');
  await once(server, 'listening');
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    url,
    async close() {
      const closed = once(server, 'close');
      server.close();
      server.closeAllConnections();
      await closed;
    },
  };
}

function refusal({ retryAfter }: Fault, status: number): Answer {
  const headers = retryAfter === undefined ? {} : { 'retry-after': retryAfter };
  return json(status, { error: 'As the test requested' }, headers);
}

/** There is a mistake in the stand-in, which the caller should see immediately. */
function broken(error: unknown): Answer {
  console.error(error);
  return json(501, { error: String(error) });
}

const unauthorized = json(401, { error: 'Invalid access token', code: 'storage.tokenInvalid' });

/** An answer in JSON. */
export function json(status: number, body: unknown, headers: Record<string, string> = {}): Answer {
  return { status, text: JSON.stringify(body), headers };
}

function noCalls(): Record<Endpoint, number> {
  return {
    index: 0,
    'tokens-verify': 0,
    'dev-branches': 0,
    components: 0,
    metadata: 0,
    'component-configurations': 0,
    configuration: 0,
    'configuration-metadata': 0,
    buckets: 0,
    tables: 0,
    'bucket-tables': 0,
    jobs: 0,
    job: 0,
    'job-search': 0,
    events: 0,
    'data-preview': 0,
  };
}
