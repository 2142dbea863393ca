import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { splitStatements } from '../../../platforms/keboola/layout/mappers/split-statements.ts';

/** The platform's rule as a JavaScript regular expression. It takes exponential time, so it is only for short texts. */
const rule =
  /[\t\n\f\r ]*(?:(?:'[^'\\]*(?:\\[^\n][^'\\]*)*'|"[^"\\]*(?:\\[^\n][^"\\]*)*"|\$\$[^]*?\$\$|\/\*[^*]*\*+(?:[^*/][^*]*\*+)*\/|#[^\n]*|--[^\n]*|\/\/[^\n]*|[^"';#])+(?:;|$))/g;

function byRule(sql: string): string[] {
  const matches = sql.replace(/\n$/, '').match(rule) ?? [];
  return matches.map((match) => match.trim()).filter((statement) => statement !== '');
}

describe('SQL is split into statements', () => {
  test.each<[string, string[]]>([
    ['', []],
    ['SELECT 1', ['SELECT 1']],
    [
      "  \n SELECT 1;\t\n  INSERT INTO t VALUES('x;', 'y'); X;;;",
      ['SELECT 1;', "INSERT INTO t VALUES('x;', 'y');", 'X;'],
    ],
    ['a;\n/*\n  b;\n*/\nc;', ['a;', '/*\n  b;\n*/\nc;']],
    ['a;\n-- b;\nc;\n# d;\ne;\n// f;\ng;', ['a;', '-- b;\nc;', '# d;\ne;', '// f;\ng;']],
    ['a $$\n b;\n $$;\nc', ['a $$\n b;\n $$;', 'c']],
    ['a \'it\\\'s;\' ;b "x;\\"";', ["a 'it\\'s;' ;", 'b "x;\\"";']],
    ["a;b 'never ends; c", ['a;', 'never ends;', 'c']],
  ])('%j', (sql, statements) => {
    expect(splitStatements(sql)).toEqual(statements);
  });

  test("as the platform's rule splits it", () => {
    const piece = fc.constantFrom(
      ...[
        "'",
        '"',
        '\\',
        '$$',
        '$',
        '/*',
        '*/',
        '*',
        '/',
        '#',
        '--',
        '-',
        '//',
        ';',
        '\n',
        ' ',
        'a',
        '\r',
        '\u2028',
      ],
    );
    const sql = fc.array(piece, { maxLength: 14 }).map((pieces) => pieces.join(''));
    fc.assert(
      fc.property(sql, (text) => {
        expect(splitStatements(text)).toEqual(byRule(text));
      }),
      { numRuns: 20_000 },
    );
  });

  test.each(["-'", "'", "\\'", '/*', '/* ', '$$', '#', ' ', ';', 'a;', "--\n'", '*/', 'a'])(
    'to the end of three megabytes of %j',
    (piece) => {
      // Short texts show what each further piece adds, and the rule says what is right for those.
      const of = (times: number) => splitStatements(`${piece.repeat(times)}'`);
      const lengths = [8, 10].map((times) => of(times).join('').length);
      const [least = 0, more = 0] = lengths;
      const times = Math.floor(1_500_000 / piece.length) * 2;
      expect(of(times).join('').length).toBe(least + ((more - least) / 2) * (times - 8));
    },
  );
});
