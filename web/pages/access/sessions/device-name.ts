import { texts } from '../../../texts/index.ts';
import { deviceOf } from './device.ts';

const { sessions: words } = texts;

/** What a session is called: "Firefox on Linux". */
export function deviceName({ userAgent }: { userAgent: string | null }): string {
  const device = deviceOf(userAgent);
  return device === null ? words.unknownDevice : words.device(device.browser, device.system);
}
