import { call } from './ask.ts';
import { spacePath, type Stage } from './stage.ts';

interface Listed {
  items: { id: string }[];
}

/**
 * A person settles the conflicts that there can be after a restore: somebody saved on what the database then knew, and the
 * branch had more. Git's side is taken; what only the other side has is noted as shown to a person, and is not lost.
 */
export async function settleConflicts({ world, ledger }: Stage): Promise<void> {
  const { items } = await call<Listed>(world, 'GET', `${spacePath}/conflicts?state=open`);
  for (const { id } of items) {
    const path = `${spacePath}/conflicts/${id}`;
    const { texts } = await call<{ texts: Record<'git' | 'mine', string | null> }>(world, 'GET', path); // prettier-ignore
    const has = (side: 'git' | 'mine', mark: string) =>
      texts[side]?.split('\n').includes(`- ${mark}`) === true;
    for (const save of ledger.saves)
      if (has('mine', save.mark) && !has('git', save.mark)) save.inConflict = true;
    await call(world, 'POST', `${path}/actions/settle`, { take: 'git' });
  }
}
