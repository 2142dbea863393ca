/**
 * The rules of the Keboola CLI for a directory with a project, as `kbc` itself was seen to apply them when it loads
 * one (`local validate`, `local fix-paths`, `sync diff`). This shares no code with the layout: it reads files, and
 * knows nothing of how they were made.
 */

/** What the platform says of a component. */
export interface CliComponent {
  id: string;
  type: string;
  flags: readonly string[];
}

type Fields = Record<string, unknown>;

interface Relation {
  type: string;
  componentId?: string;
  configId?: string;
  rowId?: string;
}

interface ManifestRow {
  id: string;
  path: string;
  relations?: Relation[];
}

interface ManifestConfig extends ManifestRow {
  branchId: number | string;
  componentId: string;
  metadata?: Record<string, string>;
  rows: ManifestRow[];
}

interface Manifest {
  branches: { id: number | string; path: string }[];
  configurations: ManifestConfig[];
}

/** An object of the manifest. */
interface Found {
  kind: 'branch' | 'config' | 'row';
  /** For messages. */
  said: string;
  parent: Found | null;
  /** From the root of the directory. */
  path: string;
  entry: { path: string };
  config: ManifestConfig | null;
  row: ManifestRow | null;
}

const sharedCode = 'keboola.shared-code';
const variables = 'keboola.variables';
const scheduler = 'keboola.scheduler';
const orchestrator = 'keboola.orchestrator';
const customPython = 'kds-team.app-custom-python';
/** Components whose code is split into statements, which does not matter here, and how their files end. */
const codeEnds: [RegExp, string][] = [
  [/snowflake|synapse|oracle|bigquery|teradata/, 'sql'],
  [/python/, 'py'],
  [/\.r-transformation/, 'r'],
  [/julia/, 'jl'],
];

/**
 * What the CLI would complain about, change or not understand in this directory (path → text), in sentences: none if
 * all is well.
 */
export function cliProblems(
  files: ReadonlyMap<string, string>,
  components: readonly CliComponent[],
): string[] {
  return new CliDirectory(files, components).check();
}

class CliDirectory {
  readonly #files: ReadonlyMap<string, string>;
  readonly #components: ReadonlyMap<string, CliComponent>;
  readonly #problems: string[] = [];
  readonly #known = new Set<string>();
  readonly #byPath = new Map<string, Found>();
  readonly #configs = new Map<string, Found>();
  readonly #rows = new Map<string, Found>();

  constructor(files: ReadonlyMap<string, string>, components: readonly CliComponent[]) {
    this.#files = files;
    this.#components = new Map(components.map((one) => [one.id, one]));
  }

  check(): string[] {
    const manifest = this.#json('.keboola/manifest.json') as Manifest | null;
    this.#json('.keboola/project.json');
    if (manifest === null) return this.#problems;
    this.#resolve(manifest);
    for (const object of this.#byPath.values()) {
      if (object.kind === 'branch') this.#checkBranch(object);
      else if (object.kind === 'config') this.#checkConfig(object);
      else this.#checkRow(object);
    }
    this.#checkNames();
    for (const path of this.#files.keys())
      if (!this.#known.has(path)) this.#say(`${path} is untracked`);
    return this.#problems;
  }

  #say(problem: string): void {
    this.#problems.push(problem);
  }

  /** A file that the CLI reads. */
  #text(path: string): string | null {
    this.#known.add(path);
    const text = this.#files.get(path);
    if (text === undefined) this.#say(`${path} is missing`);
    return text ?? null;
  }

  #json(path: string): Fields | null {
    const text = this.#text(path);
    if (text === null) return null;
    try {
      const value = JSON.parse(text) as unknown;
      if (isFields(value)) {
        if (hasInfinity(value)) this.#say(`${path} has a number that is too large`);
        return value;
      }
      this.#say(`${path} is not an object`);
    } catch {
      this.#say(`${path} is not JSON`);
    }
    return null;
  }

  /** Finds the directory of each object of the manifest: first what is in the branch, then what is nested. */
  #resolve({ branches, configurations }: Manifest): void {
    if (branches.length !== 1) this.#say('There is not exactly one branch');
    const branch: Found = {
      ...{ kind: 'branch', said: 'The branch', parent: null, config: null, row: null },
      entry: branches[0] ?? { path: '' },
      path: branches[0]?.path ?? '',
    };
    this.#place(branch);
    let waiting = configurations.map((config) => ({ config, parent: this.#parentOf(config) }));
    while (waiting.length > 0) {
      const later: typeof waiting = [];
      for (const one of waiting) {
        const parent =
          one.parent === null
            ? branch
            : (this.#configs.get(one.parent) ?? this.#rows.get(one.parent));
        if (parent === undefined) later.push(one);
        else this.#placeConfig(one.config, parent);
      }
      if (later.length === waiting.length) {
        for (const { config } of later) this.#say(`${config.path} belongs to nothing`);
        return;
      }
      waiting = later;
    }
  }

  /** The key of what a configuration is nested in; `null` if it is in its branch. */
  #parentOf({ relations = [] }: ManifestConfig): string | null {
    const parents = relations.flatMap((relation) => {
      const { type, componentId, configId, rowId } = relation;
      if (type === 'variablesFor' || type === 'schedulerFor')
        return `${componentId ?? ''}/${configId ?? ''}`;
      return type === 'sharedCodeVariablesFor'
        ? `${sharedCode}/${configId ?? ''}/${rowId ?? ''}`
        : [];
    });
    return parents.length === 1 ? (parents[0] ?? null) : null;
  }

  #placeConfig(config: ManifestConfig, parent: Found): void {
    const key = `${config.componentId}/${config.id}`;
    if (this.#configs.has(key)) this.#say(`${key} is in the manifest twice`);
    const path = joined(parent.path, config.path);
    const found: Found = {
      kind: 'config',
      said: key,
      parent,
      path,
      entry: config,
      config,
      row: null,
    };
    this.#configs.set(key, found);
    this.#place(found);
    for (const row of config.rows) {
      const rowKey = `${key}/${row.id}`;
      if (this.#rows.has(rowKey)) this.#say(`${rowKey} is in the manifest twice`);
      const rowPath = joined(path, row.path);
      const entry = { kind: 'row', said: rowKey, parent: found, path: rowPath } as const;
      const foundRow: Found = { ...entry, entry: row, config, row };
      this.#rows.set(rowKey, foundRow);
      this.#place(foundRow);
    }
  }

  #place(found: Found): void {
    const other = this.#byPath.get(found.path);
    if (other !== undefined)
      this.#say(`${found.said} has the path of ${other.said}: ${found.path}`);
    this.#byPath.set(found.path, found);
  }

  #checkBranch({ path }: Found): void {
    const meta = this.#json(`${path}/meta.json`);
    this.#checkDescription(`${path}/description.md`);
    const isDefault = meta?.isDefault === true;
    if (isDefault) this.#checkDescription('description.md');
    if (typeof meta?.name !== 'string' || meta.name === '') this.#say('The branch has no name');
    else if (path !== (isDefault ? 'main' : slugOf(meta.name) || 'branch'))
      this.#say(`The branch ${meta.name} is at ${path}`);
  }

  #checkDescription(path: string): void {
    const text = this.#text(path);
    if (text !== null && text !== `${text.trimEnd()}\n`) this.#say(`${path} does not end well`);
  }

  #checkConfig(object: Found): void {
    const { path, said, config } = object;
    const meta = this.#json(`${path}/meta.json`);
    const content = this.#json(`${path}/config.json`);
    this.#checkDescription(`${path}/description.md`);
    if (typeof meta?.name !== 'string' || meta.name === '') this.#say(`${said} has no name`);
    if (typeof meta?.isDisabled !== 'boolean') this.#say(`${said} is neither enabled nor disabled`);
    const component = this.#components.get(config?.componentId ?? '');
    if (component === undefined || content === null) return;
    if (component.type === 'transformation' && component.flags.includes('genericCodeBlocksUI'))
      this.#checkBlocks(object, content, component);
    if (component.id === orchestrator) this.#checkPhases(object);
    if (component.id === customPython) this.#text(`${path}/code.py`);
    if (component.id === scheduler && object.parent?.kind === 'branch')
      this.#say(`${said} is a schedule of nothing`);
    if (component.id === variables && (config?.relations ?? []).length === 0)
      this.#say(`${said} are variables of nothing`);
    // The CLI writes several relations of variables, and then cannot read its own manifest: they prove nothing.
    const relations = this.#isShared(config) ? [] : (config?.relations ?? []);
    for (const { type, componentId, configId, rowId } of relations) {
      const target = type === 'sharedCodeVariablesFor' ? sharedCode : componentId;
      const key = [target, configId, ...(rowId === undefined ? [] : [rowId])].join('/');
      if (!(rowId === undefined ? this.#configs : this.#rows).has(key))
        this.#say(`${said} is related to ${key}, which does not exist`);
    }
    const used = [...this.#configs.values()].filter(({ config: other }) =>
      (other?.relations ?? []).some(
        ({ type, componentId, configId }) =>
          type === 'variablesFor' && componentId === component.id && configId === config?.id,
      ),
    );
    if (used.length > 1) this.#say(`${said} uses ${used.length} variables`);
    if (used.length > 0 && 'variables_id' in content)
      this.#say(`${said} names its variables twice`);
    this.#checkSources(object, content);
  }

  #checkRow(object: Found): void {
    const { path, said, config, row } = object;
    const meta = this.#json(`${path}/meta.json`);
    const content = this.#json(`${path}/config.json`);
    this.#checkDescription(`${path}/description.md`);
    if (typeof meta?.name !== 'string') this.#say(`${said} has no name`);
    const target = config?.componentId === sharedCode ? this.#targetOf(object.parent) : null;
    if (target !== null) {
      this.#text(`${path}/code.${codeEnd(target)}`);
      if (content !== null && 'code_content' in content) this.#say(`${said} has its code twice`);
    } else if (typeof meta?.isDisabled !== 'boolean') {
      this.#say(`${said} is neither enabled nor disabled`);
    }
    const defaults = (config?.rows ?? []).filter(isDefaultValues);
    if (row !== null && isDefaultValues(row) && defaults.length > 1 && !this.#isShared(config))
      this.#say(`${said} is one of ${defaults.length} defaults`);
    if (content !== null) this.#checkSources(object, content);
  }

  /** Variables of several objects may have several defaults. */
  #isShared(config: ManifestConfig | null): boolean {
    return (config?.relations ?? []).length > 1;
  }

  #targetOf(config: Found | null): string | null {
    const text = this.#files.get(`${config?.path ?? ''}/config.json`);
    const target = text === undefined ? null : (JSON.parse(text) as Fields).componentId;
    return typeof target === 'string' ? target : null;
  }

  /** Inputs from default buckets name a configuration by its path. */
  #checkSources({ said, path }: Found, content: Fields): void {
    for (const [, target = ''] of JSON.stringify(content).matchAll(
      /\{\{:default-bucket:([^}]*)\}\}/g,
    )) {
      const branch = path.split('/')[0] ?? '';
      const found = this.#byPath.get(joined(branch, target)) ?? this.#nested(target);
      if (found?.kind !== 'config') this.#say(`${said} reads from ${target}, which does not exist`);
    }
  }

  /** A nested configuration whose path is relative to what it is nested in. */
  #nested(target: string): Found | undefined {
    return [...this.#configs.values()].find(({ entry }) => entry.path === target);
  }

  #checkBlocks({ path, said }: Found, content: Fields, component: CliComponent): void {
    this.#text(`${path}/blocks/.gitkeep`);
    if (isFields(content.parameters) && 'blocks' in content.parameters)
      this.#say(`${said} has its blocks twice`);
    const linked = content.shared_code_path;
    const shared =
      typeof linked === 'string'
        ? this.#byPath.get(joined(this.#branchOf(path), linked))
        : undefined;
    if (linked !== undefined) {
      if (shared?.config?.componentId !== sharedCode) this.#say(`${said} links no shared code`);
      else if (this.#targetOf(shared) !== component.id)
        this.#say(`${said} links other shared code`);
    }
    for (const block of this.#numbered(`${path}/blocks`)) {
      this.#checkNamed(block, this.#json(`${block.path}/meta.json`));
      for (const code of this.#numbered(block.path)) {
        this.#checkNamed(code, this.#json(`${code.path}/meta.json`));
        const file = `${code.path}/code.${codeEnd(component.id)}`;
        const text = this.#text(file) ?? '';
        if (!text.endsWith('\n')) this.#say(`${file} does not end well`);
        for (const [, row = ''] of text.matchAll(/\{\{:([^}]*)\}\}/g))
          if (shared === undefined || this.#byPath.get(joined(shared.path, row))?.kind !== 'row')
            this.#say(`${file} uses ${row}, which does not exist`);
      }
    }
  }

  #branchOf(path: string): string {
    return path.split('/')[0] ?? '';
  }

  #checkPhases({ path, parent }: Found): void {
    this.#text(`${path}/phases/.gitkeep`);
    const before = new Set<string>();
    for (const phase of this.#numbered(`${path}/phases`)) {
      const fields = this.#json(`${phase.path}/phase.json`);
      this.#checkNamed(phase, fields);
      const dependsOn = Array.isArray(fields?.dependsOn) ? (fields.dependsOn as unknown[]) : [null];
      for (const other of dependsOn)
        if (typeof other !== 'string' || !before.has(other))
          this.#say(`${phase.path} depends on ${String(other)}, which is not before it`);
      before.add(phase.name);
      for (const task of this.#numbered(phase.path)) {
        const taskFields = this.#json(`${task.path}/task.json`);
        this.#checkNamed(task, taskFields);
        this.#checkTask(task.path, taskFields, parent?.path ?? '');
      }
    }
  }

  #checkTask(path: string, fields: Fields | null, base: string): void {
    if (fields === null) return;
    if (typeof fields.enabled !== 'boolean') this.#say(`${path} is neither enabled nor disabled`);
    if (!isFields(fields.task)) {
      this.#say(`${path} runs nothing`);
      return;
    }
    const { configPath, configData, componentId } = fields.task;
    if (typeof configPath === 'string') {
      const target = this.#byPath.get(joined(base, configPath)) ?? this.#nested(configPath);
      if (target?.kind !== 'config') this.#say(`${path} runs ${configPath}, which does not exist`);
    } else if (configPath !== undefined) this.#say(`${path} runs what is no path`);
    else if (typeof componentId !== 'string') this.#say(`${path} runs no component`);
    else if (configData === undefined && fields.enabled === true) this.#say(`${path} runs nothing`);
  }

  /** The numbered folders in a folder; complains if a number is missing. */
  #numbered(folder: string): { path: string; name: string; place: number }[] {
    const names = new Set<string>();
    for (const path of this.#files.keys()) {
      if (!path.startsWith(`${folder}/`)) continue;
      const [name = '', ...rest] = path.slice(folder.length + 1).split('/');
      if (rest.length > 0) names.add(name);
    }
    return [...names].sort().map((name, index) => {
      const place = index + 1;
      if (Number(/^([0-9]{3,})-/.exec(name)?.[1]) !== place)
        this.#say(`${folder}/${name} is not number ${place}`);
      return { path: `${folder}/${name}`, name, place };
    });
  }

  #checkNamed(
    { path, name, place }: { path: string; name: string; place: number },
    fields: Fields | null,
  ): void {
    if (typeof fields?.name !== 'string' || fields.name === '') this.#say(`${path} has no name`);
    else if (name !== cut(`${String(place).padStart(3, '0')}-${slugOf(fields.name)}`, 251))
      this.#say(`${path} should not be called like that`);
  }

  /** What `fix-paths` would rename: whatever could have its name with no or a lower suffix. */
  #checkNames(): void {
    for (const object of this.#byPath.values()) {
      if (object.kind === 'branch') continue;
      const wanted = this.#wantedPath(object);
      const parentPath = object.parent?.path ?? '';
      for (let suffix = 0; ; suffix++) {
        const candidate = joined(parentPath, withSuffix(wanted, suffix));
        if (candidate === object.path) break;
        if (this.#byPath.has(candidate)) continue;
        this.#say(`${object.said} is at ${object.path}, and would be renamed to ${candidate}`);
        break;
      }
    }
  }

  #wantedPath({ kind, path, config, row, parent }: Found): string {
    const { name = '' } = JSON.parse(this.#files.get(`${path}/meta.json`) ?? '{}') as {
      name?: string;
    };
    const componentId = config?.componentId ?? '';
    if (kind === 'row') {
      const folder = { [sharedCode]: 'codes', [variables]: 'values' }[componentId] ?? 'rows';
      if (row !== null && componentId === variables && isDefaultValues(row))
        return `${folder}/default`;
      const { name: inContent } = JSON.parse(
        this.#files.get(`${path}/config.json`) ?? '{}',
      ) as Fields;
      const own = name === '' ? (typeof inContent === 'string' ? inContent : 'row') : name;
      // The CLI gives such names a path that no file can have, so there the id is used.
      return `${folder}/${slugOf(own) || (row?.id ?? '')}`;
    }
    const own = slugOf(name) || (config?.id ?? '');
    if (parent?.kind !== 'branch')
      return componentId === variables ? 'variables' : `schedules/${own}`;
    if (componentId === sharedCode) {
      const target = this.#targetOf(this.#byPath.get(path) ?? null) ?? '';
      // The CLI writes other targets outside of the folder, so there the path is one of our own.
      return /^(?:[a-z0-9_-][a-z0-9._-]*)?$/i.test(target)
        ? `_shared/${target}`
        : path.slice(parent.path.length + 1);
    }
    const type =
      componentId === 'keboola.data-apps' ? 'app' : this.#components.get(componentId)?.type;
    return `${type ?? 'other'}/${componentId}/${own}`;
  }
}

function isDefaultValues({ relations = [] }: ManifestRow): boolean {
  return relations.some(({ type }) => type === 'variablesValuesFor');
}

function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function hasInfinity(value: unknown): boolean {
  if (typeof value === 'number') return !Number.isFinite(value);
  return typeof value === 'object' && value !== null && Object.values(value).some(hasInfinity);
}

/** A name as the CLI writes it in a path. */
function slugOf(name: string): string {
  let dashed = '';
  let wasUpper = false;
  for (const character of name) {
    const isUpper = character >= 'A' && character <= 'Z';
    if (isUpper && !wasUpper) dashed += '-';
    wasUpper = isUpper;
    const isKept =
      /[0-9a-zA-Z]/.test(character) || (character >= '\u00c1' && character <= '\u017e');
    dashed += isKept ? character : '-';
  }
  const plain = dashed
    .normalize('NFD')
    .replace(/\p{Mn}/gu, '')
    .normalize('NFC');
  return plain
    .split('-')
    .filter((part) => part !== '')
    .join('-')
    .toLowerCase();
}

function withSuffix(wanted: string, suffix: number): string {
  const folder = wanted.slice(0, wanted.lastIndexOf('/') + 1);
  const name = cut(wanted.slice(folder.length), 251);
  if (suffix === 0) return folder + name;
  const end = `-${String(suffix).padStart(3, '0')}`;
  return folder + slugOf(cut(name, 255 - end.length) + end);
}

/** At most this many bytes, and no half characters. */
function cut(text: string, bytes: number): string {
  let kept = '';
  for (const character of text) {
    if (Buffer.byteLength(kept + character) > bytes) break;
    kept += character;
  }
  return kept;
}

function codeEnd(componentId: string): string {
  return codeEnds.find(([pattern]) => pattern.test(componentId))?.[1] ?? 'txt';
}

/** Folders without empty names in between, as file systems have them. */
function joined(folder: string, path: string): string {
  return [folder, path]
    .join('/')
    .split('/')
    .filter((part) => part !== '')
    .join('/');
}
