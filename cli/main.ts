#!/usr/bin/env node
import { CommanderError } from 'commander';
import { createProgram } from './program.ts';
import { describeError } from './describe-error.ts';
import { goDirectlyOnLoopback } from './direct-loopback.ts';

/*
 * Exit codes: 0 success; 1 failure; 2 the command line or the settings are wrong; 130 ended by a
 * second Ctrl-C.
 */

// The build consists of bundles; with source maps, stack traces name the source files.
process.setSourceMapsEnabled(true);
const given = { ...process.env };
goDirectlyOnLoopback(process.env);
try {
  await createProgram(given).parseAsync();
} catch (error) {
  if (error instanceof CommanderError) {
    // Commander has already printed what is wrong; --help and --version are not errors.
    process.exitCode = error.exitCode === 0 ? 0 : 2;
  } else {
    const { text, exitCode } = describeError(error);
    process.stderr.write(`gitward: ${text}\n`);
    process.exitCode = exitCode;
  }
}
