import type { Save } from '../ledger.ts';
import { ask, type Answered } from './ask.ts';
import { entryName, spacePath, type Stage } from './stage.ts';

/** A person reads an entry, adds a line to its end, and saves it. */
export async function save(
  { world, ledger, tokens }: Stage,
  { mark, person, entry }: { mark: string; person: string; entry: number },
): Promise<void> {
  const name = entryName(entry);
  const path = `${spacePath}/entries/${name}`;
  const token = tokens.get(person) ?? '';
  const seen = await ask(world, 'GET', path, { token });
  if (seen?.status !== 200) return;
  const { text, blob } = seen.body as { text: string; blob: string };
  const mayBeLost = ledger.isCopied;
  const record: Save = {
    ...{ mark, person, entry: name, mayBeLost },
    ...{ answer: 'unknown', isLost: false, mayClash: false, inConflict: false },
  };
  ledger.saves.push(record);
  const body = { base: blob, text: `${text}- ${mark}\n` };
  const answer = await ask(world, 'PUT', path, { token, body });
  record.mayBeLost ||= ledger.isCopied;
  record.mayClash = ledger.wasRestored;
  if (isAccepted(answer)) record.answer = 'accepted';
  // Refused: nobody has to find it anywhere.
  else if (answer !== null && answer.status < 500)
    ledger.saves.splice(ledger.saves.indexOf(record), 1);
}

function isAccepted(answer: Answered | null): boolean {
  return answer !== null && answer.status >= 200 && answer.status < 300;
}
