import { expect, it } from 'vitest';
import { joinedBlocks } from '../../../knowledge/prompts/joined-blocks.ts';

const block = (id: string, fields = {}) => ({ id, fields: { category: 'sales', ...fields } });

it('joins the active blocks of the category of a prompt in their order', () => {
  const blocks = [
    block('last'),
    block('b', { sortOrder: 10 }),
    block('a', { sortOrder: 10 }),
    block('first', { sortOrder: -1.5, active: true }),
    block('off', { sortOrder: 1, active: false }),
    block('unset', { sortOrder: null, active: null }),
    block('other', { category: 'style', sortOrder: 0 }),
    block('none', { category: null, sortOrder: 0 }),
  ];
  const { ids } = joinedBlocks({ category: 'sales' }, blocks);
  expect(ids).toEqual(['first', 'a', 'b', 'last', 'unset']);
  expect(joinedBlocks({}, blocks).ids).toEqual(['none']);
});

it('joins those that the prompt names instead, whatever their category', () => {
  const blocks = [block('a', { sortOrder: 2 }), block('7', { category: 'x' }), block('off', { active: false })]; // prettier-ignore
  const prompt = { category: 'sales', blocks: ['7', 'a', 'off', 'nosuch', 7, null] };
  expect(joinedBlocks(prompt, blocks)).toEqual({ ids: ['a', '7'], missing: ['nosuch'] });
  expect(joinedBlocks({ category: 'sales', blocks: [] }, blocks).ids).toEqual([]);
});
