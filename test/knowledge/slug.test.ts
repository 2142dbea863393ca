import { describe, expect, it } from 'vitest';
import { slugFault, slugOf } from '../../knowledge/kinds/slug.ts';

describe('slugs of words', () => {
  it.each([
    ['Acme Corporation, Inc.', 'acme-corporation-inc'],
    ['Škoda & Söhne – Straße', 'skoda-sohne-strasse'],
    ['Zażółć gęślą jaźń', 'zazolc-gesla-jazn'],
    ['Zaz\u0307o\u0301\u0142c\u0301', 'zazolc'],
    ['Ærøskøbing', 'aeroskobing'],
    ['İstanbul ısırgan', 'istanbul-isirgan'],
    ['Đặng Nguyễn Việt', 'dang-nguyen-viet'],
    ['Привет, мир', 'privet-mir'],
    ['Ελλάδα', 'ellada'],
    ['日本語 東京 guide', '日本語-東京-guide'],
    ['カード', 'カード'],
    ['ｶﾞ', 'ガ'],
    ['한국어', '한국어'.normalize('NFC')],
    ['हिन्दी', 'हिन्दी'],
    ['🚀', 'rocket'],
    ['🚀 Launch', 'rocket-launch'],
    ['don’t stop', 'dont-stop'],
    ['ﬁne x²', 'fine-x2'],
    ['../../etc/passwd', 'etc-passwd'],
    ['CON', 'con-entry'],
    ['com¹', 'com1-entry'],
    ['ReadMe', 'readme-entry'],
    ['?!', ''],
    ['\u0301\u202ex', 'x'],
    ['A\u0301\u0301', 'a'],
    ['half \ud83d', 'half'],
    ['x'.repeat(200), 'x'.repeat(80)],
    ['日'.repeat(200), '日'.repeat(66)],
    ['𠮷'.repeat(200), '𠮷'.repeat(50)],
  ])('%j is %j', (title, slug) => {
    expect(slugOf(title)).toBe(slug);
  });

  it('stay what they are', () => {
    for (const title of ['Zażółć', '日本 guide', 'हिन्दी', 'Ærø']) {
      const slug = slugOf(title);
      expect(slugOf(slug)).toBe(slug);
      expect(slugFault(slug)).toBeNull();
    }
  });
});

describe("somebody's own slug", () => {
  it.each([
    ['a/b', 'not a path'],
    ['a\\b', 'not a path'],
    ['..', 'begins with "." or "_"'],
    ['.hidden', 'begins with "." or "_"'],
    ['_draft', 'begins with "." or "_"'],
    ['con', 'device'],
    ['NUL.notes', 'device'],
    ['com1', 'device'],
    ['aux ', 'Windows'],
    ['name.', 'Windows'],
    [' name', 'begins with a space'],
    ['a\nb', 'cannot be seen'],
    ['a\u202eb', 'cannot be seen'],
    ['a\u200bb', 'cannot be seen'],
    ['readme', 'for people'],
    ['x'.repeat(81), 'longer than 80'],
    ['日'.repeat(70), '200 bytes'],
    ['?!', 'no letter'],
  ])('%j is refused', (slug, why) => {
    expect(slugFault(slug)).toContain(why);
  });

  it.each(['acme', 'Own', 'Two words', 'v1.2', 'Zażółć', '日本', 'console'])(
    '%s is fine',
    (slug) => {
      expect(slugFault(slug)).toBeNull();
    },
  );
});
