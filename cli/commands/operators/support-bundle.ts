import type { Command } from 'commander';
import { processIo, type ClientIo } from '../../client/client-command.ts';
export function registerSupportBundle(
  program: Command,
  io: ClientIo = processIo,
  given: NodeJS.ProcessEnv = io.env,
): void {
  void program;
  void given;
}
