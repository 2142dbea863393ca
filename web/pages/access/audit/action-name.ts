import { texts } from '../../../texts/index.ts';

const { actions } = texts.audit;

/** An action in words; one that has none is shown as it is. */
export function actionName(action: string): string {
  return actions[action] ?? action;
}
