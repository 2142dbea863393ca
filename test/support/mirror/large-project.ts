import {
  configuration,
  smallProject,
  type ApiComponent,
  type ApiConfiguration,
  type ApiRow,
  type StorageApiProject,
} from '../../../examples/storage-api/data.ts';
import { apiBucket, apiMetadata, apiTable } from '../../../examples/storage-api/tables.ts';

/** The size of the project that {@link largeProject} makes. */
export interface LargeProjectOptions {
  /** In the default branch; 10,000 if not given. */
  configurations?: number;
  /** Another number gives another project; the same number gives the same bytes. */
  seed?: number;
}

const extractors = ['keboola.ex-db-mysql', 'keboola.ex-db-snowflake', 'keboola.ex-aws-s3'];
const writers = ['keboola.wr-db-mysql', 'keboola.wr-google-sheets'];
const transformations = {
  sql: 'keboola.snowflake-transformation',
  python: 'keboola.python-transformation-v2',
};
const days = ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday'];
const subjects = ['orders', 'customers', 'invoices', 'products', 'sessions', 'returns', 'stock'];
const tablesOfABucket = 50;

/**
 * A project as large companies have it. Of 100 configurations 62 are extractors and 8 are writers, with rows; 20 are
 * transformations with four codes each (one of them with variables, one with shared code); 4 are flows, each with a
 * schedule. The number of tables is a tenth of that. 10,000 configurations make an answer of 38 MB and about 108,000
 * files in `configs/`.
 */
export function largeProject({
  configurations = 10_000,
  seed = 1,
}: LargeProjectOptions = {}): StorageApiProject {
  const project = smallProject({ id: 54321, name: 'Large shop' });
  const [branch] = project.branches;
  if (branch === undefined) throw new Error('The small project has no branch.');
  const maker = new Maker(seed);
  while (maker.made.length < configurations) maker.makeHundred();
  project.index.components = components();
  project.branches = [
    {
      ...branch,
      configurations: maker.made.slice(0, configurations),
      ...storageOf(Math.ceil(configurations / 10)),
    },
  ];
  return project;
}

class Maker {
  readonly made: ApiConfiguration[] = [];
  #state: number;

  constructor(seed: number) {
    this.#state = seed;
  }

  makeHundred(): void {
    const variables = this.#make('keboola.variables', 'Variables', {
      variables: [{ name: 'country', type: 'string' }],
    });
    variables.rows = [this.#row(variables, 0, { values: [{ name: 'country', value: 'CZ' }] })];
    const sharedCode = this.#make('keboola.shared-code', 'Shared code', {
      componentId: transformations.sql,
    });
    sharedCode.rows = [this.#row(sharedCode, 0, { code_content: [this.#sql(12)] })];
    for (let index = 0; index < 62; index++) this.#extractor(index);
    for (let index = 0; index < 20; index++)
      this.#transformation(index, index === 0 ? variables : null, index === 1 ? sharedCode : null);
    for (let index = 0; index < 8; index++) this.#writer(index);
    for (let index = 0; index < 4; index++) this.#flow(this.made.slice(-20));
  }

  #extractor(index: number): void {
    const componentId = extractors[index % extractors.length] ?? '';
    const config = this.#make(componentId, this.#title('From'), {
      parameters: {
        db: {
          host: `${this.#pick(subjects)}.db.example.com`,
          port: 3306,
          user: 'keboola',
          '#password': `KBC::ProjectSecure::${this.#text(160)}`,
          ssh: { enabled: true, sshHost: 'bastion.example.com', keys: { public: this.#text(380) } },
        },
      },
    });
    config.rows = this.#times(1 + this.#below(4), (row) =>
      this.#row(config, row, {
        parameters: {
          tableName: this.#pick(subjects),
          columns: this.#times(10, (column) => `${this.#pick(subjects)}_${column}`),
          incremental: this.#below(2) === 1,
          outputTable: tableId(this.#below(tablesOfABucket)),
          query: this.#sql(6),
        },
      }),
    );
  }

  #writer(index: number): void {
    const config = this.#make(writers[index % writers.length] ?? '', this.#title('To'), {
      parameters: { folder: this.#text(24) },
    });
    config.rows = this.#times(1 + this.#below(3), (row) =>
      this.#row(config, row, {
        storage: { input: { tables: [this.#inputOf(this.#below(tablesOfABucket))] } },
        parameters: { action: 'update', items: this.#times(12, (item) => ({ name: `c${item}` })) },
      }),
    );
  }

  #transformation(
    index: number,
    variables: ApiConfiguration | null,
    sharedCode: ApiConfiguration | null,
  ): void {
    const isSql = index % 4 !== 3;
    const placeholder = sharedCode === null ? [] : [`{{${sharedCode.rows[0]?.id}}}`];
    this.#make(isSql ? transformations.sql : transformations.python, this.#title('Compute'), {
      parameters: {
        blocks: this.#times(2, (block) => ({
          name: `Block ${block + 1}`,
          codes: this.#times(2, (code) => ({
            name: this.#title(`Step ${code + 1}:`),
            script: [...placeholder, isSql ? this.#sql(62) : this.#python(70)],
          })),
        })),
      },
      storage: {
        input: { tables: this.#times(3, (table) => this.#inputOf(table)) },
        output: { tables: [{ source: 'result', destination: tableId(this.#below(50)) }] },
      },
      ...(variables === null
        ? {}
        : { variables_id: variables.id, variables_values_id: variables.rows[0]?.id }),
      ...(sharedCode === null
        ? {}
        : { shared_code_id: sharedCode.id, shared_code_row_ids: [sharedCode.rows[0]?.id] }),
    });
  }

  #flow(targets: readonly ApiConfiguration[]): void {
    const flow = this.#make('keboola.orchestrator', this.#title('Every'), {
      phases: this.#times(3, (phase) => ({
        id: `${phase + 1}`,
        name: `Phase ${phase + 1}`,
        dependsOn: phase === 0 ? [] : [`${phase}`],
      })),
      tasks: targets.slice(0, 6).map(({ componentId, id, name }, task) => ({
        id: `${1_001 + task}`,
        name,
        enabled: true,
        phase: `${(task % 3) + 1}`,
        task: { componentId, configId: id, mode: 'run' },
        continueOnFailure: false,
      })),
    });
    this.#make('keboola.scheduler', `Schedule of ${flow.name}`, {
      schedule: { cronTab: `${this.#below(60)} 6 * * *`, timezone: 'UTC', state: 'enabled' },
      target: { componentId: flow.componentId, configurationId: flow.id, mode: 'run' },
    });
  }

  #make(componentId: string, name: string, content: Record<string, unknown>): ApiConfiguration {
    const id = `01k${String(this.made.length).padStart(23, '0')}`;
    const made = configuration(componentId, id, name, content);
    made.description = `${name}. Asked for on ${this.#pick(days)} by the ${this.#pick(subjects)} team.`;
    if (this.made.length % 10 === 0) {
      made.metadata = [
        { id: '1', key: 'KBC.configuration.folderName', value: 'Daily', timestamp: made.created },
      ];
    }
    this.made.push(made);
    return made;
  }

  #row(config: ApiConfiguration, index: number, content: Record<string, unknown>): ApiRow {
    return {
      id: `${config.id.slice(-8)}${String(index).padStart(4, '0')}`,
      name: `${this.#pick(subjects)} ${index + 1}`,
      description: '',
      isDisabled: this.#below(20) === 0,
      version: 1,
      configuration: content,
    };
  }

  #inputOf(table: number): Record<string, unknown> {
    return { source: tableId(table), destination: `${this.#pick(subjects)}.csv`, columns: [] };
  }

  #title(verb: string): string {
    return `${verb} ${this.#pick(subjects)} ${this.#pick(days)} ${this.made.length}`;
  }

  #sql(lines: number): string {
    const columns = this.#times(
      lines,
      (line) => `  "${this.#pick(subjects)}_${line}" AS "${this.#pick(subjects)}"`,
    );
    return `CREATE TABLE "result" AS\nSELECT\n${columns.join(',\n')}\nFROM "${this.#pick(subjects)}";`;
  }

  #python(lines: number): string {
    return this.#times(lines, (line) => `value_${line} = read('${this.#pick(subjects)}')`).join(
      '\n',
    );
  }

  #text(length: number): string {
    const letters = 'abcdefghijklmnopqrstuvwxyz0123456789';
    return this.#times(length, () => letters[this.#below(36)] ?? '').join('');
  }

  #times<T>(count: number, make: (index: number) => T): T[] {
    return Array.from({ length: count }, (_, index) => make(index));
  }

  #pick(words: readonly string[]): string {
    return words[this.#below(words.length)] ?? '';
  }

  /** A whole number below this one (mulberry32). */
  #below(limit: number): number {
    this.#state = (this.#state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(this.#state ^ (this.#state >>> 15), 1 | this.#state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) % limit;
  }
}

function components(): ApiComponent[] {
  const component = (id: string, type: string, flags: string[] = []): ApiComponent => ({
    id,
    type,
    name: id,
    flags,
    data: { default_bucket: false, default_bucket_stage: '' },
  });
  return [
    ...extractors.map((id) => component(id, 'extractor')),
    ...writers.map((id) => component(id, 'writer')),
    ...Object.values(transformations).map((id) =>
      component(id, 'transformation', ['genericCodeBlocksUI']),
    ),
    ...['orchestrator', 'scheduler', 'variables', 'shared-code'].map((name) =>
      component(`keboola.${name}`, 'other'),
    ),
  ];
}

function storageOf(
  tables: number,
): Pick<StorageApiProject['branches'][number], 'buckets' | 'tables'> {
  const ids = Array.from({ length: tables }, (_, index) => tableId(index));
  return {
    buckets: [...new Set(ids.map((id) => id.slice(0, id.lastIndexOf('.'))))].map(apiBucket),
    tables: ids.map((id) => ({
      ...apiTable(id),
      columns: ['id', 'day', 'amount', 'note'],
      primaryKey: ['id'],
      metadata: apiMetadata({ user: { 'KBC.description': `The table ${id}.` } }),
    })),
  };
}

function tableId(index: number): string {
  return `in.c-shop-${Math.floor(index / tablesOfABucket)}.table_${index % tablesOfABucket}`;
}
