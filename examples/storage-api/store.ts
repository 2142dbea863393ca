import {
  configuration,
  type ApiBranch,
  type ApiConfiguration,
  type RecordedAnswers,
  type StorageApiProject,
} from './data.ts';

/** Names a configuration. Without a branch, it is in the default branch. */
export interface ConfigurationKey {
  branchId?: number | string;
  componentId: string;
  configId: string;
}

/** A new version of a configuration. Fields that are absent do not change. */
export interface NewVersion {
  name?: string;
  description?: string;
  isDisabled?: boolean;
  configuration?: Record<string, unknown>;
  rows?: ApiConfiguration['rows'];
  changeDescription?: string;
  /** The description of the token that saves it. Defaults to `eva@example.com`. */
  author?: string;
  /** Defaults to now. */
  at?: Date;
}

/** The event that reports a version to Gitward: the body of `POST /v1/events`. */
export interface ConfigChanged {
  type: 'config_changed';
  projectId: string;
  branchId: string;
  componentId: string;
  configId: string;
  newVersion: number;
  author: string;
  committedAt: string;
}

/** Changes a project as the platform does when people work in it. */
export class StorageApiStore {
  readonly project: StorageApiProject;
  readonly #answers: RecordedAnswers;

  /** Removes recorded answers that are no longer true after a change. */
  constructor(project: StorageApiProject, answers: RecordedAnswers) {
    this.project = project;
    this.#answers = answers;
  }

  /** Saves a configuration (its version is raised), and returns the event that reports it. */
  change(key: ConfigurationKey, version: NewVersion = {}): ConfigChanged {
    const branch = this.#branch(key);
    const found = branch.configurations.find((one) => isNamed(one, key));
    if (found === undefined) throw new Error(`There is no ${key.componentId}/${key.configId}.`);
    found.version++;
    // Without changes, the description says which version it is, so that something changes.
    const fields = hasFields(version) ? version : { description: `Version ${found.version}` };
    return this.#save(branch, found, { changeDescription: 'Changed', ...fields, ...who(version) });
  }

  /** Creates a configuration with version 1. */
  create(key: ConfigurationKey, version: NewVersion = {}): ConfigChanged {
    const branch = this.#branch(key);
    const made = configuration(key.componentId, key.configId, key.configId);
    branch.configurations.push(made);
    return this.#save(branch, made, { changeDescription: 'Created', ...version });
  }

  /** Returns what the event says that the platform records of it. */
  delete(key: ConfigurationKey): ConfigChanged {
    const branch = this.#branch(key);
    const found = branch.configurations.find((one) => isNamed(one, key));
    branch.configurations = branch.configurations.filter((one) => !isNamed(one, key));
    return this.#changed(branch, { ...key, version: found?.version ?? 1 }, {});
  }

  /** As {@link delete}; the configuration's version stays. */
  setMetadata(key: ConfigurationKey, name: string, value: string): ConfigChanged {
    const branch = this.#branch(key);
    const found = branch.configurations.find((one) => isNamed(one, key));
    if (found === undefined) throw new Error(`There is no ${key.componentId}/${key.configId}.`);
    const entry = { id: name, key: name, value, timestamp: '2026-01-01T00:00:00+0000' };
    found.metadata = [...found.metadata.filter((one) => one.key !== name), entry];
    return this.#changed(branch, { ...key, version: found.version }, {});
  }

  #save(branch: ApiBranch, config: ApiConfiguration, version: NewVersion): ConfigChanged {
    const { author = 'eva@example.com', at = new Date(), ...fields } = version;
    Object.assign(config, fields);
    config.currentVersion = {
      created: at.toISOString().replace(/\.\d+Z$/, '+0000'),
      creatorToken: { id: 1, description: author },
      changeDescription: config.changeDescription,
    };
    const { componentId, id: configId } = config;
    return this.#changed(
      branch,
      { componentId, configId, version: config.version },
      { author, at },
    );
  }

  #changed(
    branch: ApiBranch,
    { componentId, configId, version }: Omit<ConfigurationKey, 'branchId'> & { version: number },
    { author = 'eva@example.com', at = new Date() }: Pick<NewVersion, 'author' | 'at'>,
  ): ConfigChanged {
    return {
      type: 'config_changed',
      projectId: String(this.project.token.owner.id),
      branchId: String(branch.id),
      ...{ componentId, configId, newVersion: version, author },
      committedAt: at.toISOString(),
    };
  }

  /** The branch. From now on, its answers come from the project instead of the recording. */
  #branch({ branchId }: ConfigurationKey): ApiBranch {
    const branch = this.project.branches.find(({ id, isDefault }) =>
      branchId === undefined ? isDefault : String(id) === String(branchId),
    );
    if (branch === undefined) throw new Error(`There is no branch ${branchId ?? '(default)'}.`);
    this.#answers.delete(`/branch/${branch.id}/components`);
    this.#answers.delete(`/branch/${branch.id}/search/component-configurations`);
    return branch;
  }
}

function isNamed(config: ApiConfiguration, key: ConfigurationKey): boolean {
  return config.componentId === key.componentId && config.id === key.configId;
}

function hasFields(version: NewVersion): boolean {
  return Object.keys(version).some((field) => field !== 'author' && field !== 'at');
}

function who({ author, at }: NewVersion): NewVersion {
  return { ...(author === undefined ? {} : { author }), ...(at === undefined ? {} : { at }) };
}
