/** A list item with those that are inside it. */
export interface NestedBullet {
  text: string;
  inside: NestedBullet[];
}

/** List items in their order, each with how deep it is, as lists in lists. One that is deeper than its parent allows is inside the one before. */
export function nestBullets(bullets: readonly { level: number; text: string }[]): NestedBullet[] {
  const top: NestedBullet[] = [];
  /** The lists that are open, with the depth of their items. */
  const open = [{ level: 0, list: top }];
  for (const { level, text } of bullets) {
    while (open.length > 1 && (open.at(-1)?.level ?? 0) > level) open.pop();
    const last = open.at(-1) ?? { level: 0, list: top };
    const parent = last.list.at(-1);
    const bullet = { text, inside: [] };
    if (level > last.level && parent !== undefined) {
      parent.inside.push(bullet);
      open.push({ level, list: parent.inside });
    } else last.list.push(bullet);
  }
  return top;
}
