import { cutIntoSteps } from '../../activities/knowledge/reading/reading-steps.ts';
import { splitStatements } from '../../platforms/keboola/layout/mappers/split-statements.ts';
import { protectSecrets } from '../../platforms/tree/secrets.ts';
import { config, object, project, render } from '../../test/platforms/keboola/platform-project.ts';

/** What grows: its name, the size at which it is measured, and what works on it at a size. */
export const growing: readonly [name: string, size: number, at: (size: number) => () => unknown][] =
  [
    ...["-'", "'", "\\'", '/*', '/* ', '$$', '#', ' ', ';', 'a;', "--\n'", '*/', 'a'].map(
      (piece): [string, number, (size: number) => () => unknown] => [
        `statements of ${JSON.stringify(piece)}`,
        1_000_000,
        (size) => {
          const text = `${piece.repeat(Math.floor(size / piece.length))}'`;
          return () => splitStatements(text);
        },
      ],
    ),
    [
      'a value that looks encrypted',
      1_000_000,
      (size) => protecting(`KBC::${'Secure'.repeat(size / 6)}`),
    ],
    [
      'a value that looks like a vault',
      1_000_000,
      (size) => protecting('{{ vault.'.repeat(size / 9)),
    ],
    [
      'a value of braces and spaces',
      500_000,
      (size) => protecting(`{{${' '.repeat(size / 5)}`.repeat(5)),
    ],
    ['statements of a transformation', 200_000, scripts],
    ['configurations of one name', 2_500, sameNames],
    ['entries that were renumbered', 20_000, renumbered],
  ];

function protecting(text: string): () => unknown {
  return () => protectSecrets(new Map([['#a', text]]), 'encrypted');
}

function scripts(count: number): () => unknown {
  const script = Array.from({ length: count }, (_, at) => `SELECT ${at};`);
  const content = { parameters: { blocks: [{ name: 'B', codes: [{ name: 'C', script }] }] } };
  const componentId = 'keboola.snowflake-transformation';
  const over = { componentId, content: object(JSON.stringify(content)) };
  const of = project([config('t', 'T', over)]);
  return () => render(of);
}

function sameNames(count: number): () => unknown {
  const of = project(Array.from({ length: count }, (_, index) => config(String(index), 'same')));
  return () => render(of);
}

function renumbered(count: number): () => unknown {
  const changes = Array.from({ length: count }, (_, at) => ({
    id: `e${at}`,
    path: `${at + 1}`,
    before: `${at}`,
    file: null,
  }));
  return () => cutIntoSteps(changes, { entries: 10, text: 1_000 });
}
