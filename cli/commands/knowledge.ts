import type { Command } from 'commander';
import { processIo, type ClientIo } from './client-command.ts';
import { addKnowledgeCheck } from './knowledge-check.ts';
import { addKnowledgeConflicts } from './knowledge-conflicts.ts';
import { addKnowledgeEntries } from './knowledge-entries.ts';
import { addKnowledgeFill } from './knowledge-fill.ts';
import { addKnowledgeImport } from './knowledge-import.ts';
import { addKnowledgeLog } from './knowledge-log.ts';
import { addKnowledgeOperations } from './knowledge-operations.ts';
import { addKnowledgeSpaces } from './knowledge-spaces.ts';

/** Adds `gitward knowledge …`. */
export function registerKnowledge(program: Command, io: ClientIo = processIo): void {
  const knowledge = program
    .command('knowledge')
    .description('knowledge: Markdown in Git that people and agents share');
  addKnowledgeSpaces(knowledge, io);
  addKnowledgeEntries(knowledge, io);
  addKnowledgeLog(knowledge, io);
  addKnowledgeConflicts(knowledge, io);
  addKnowledgeImport(knowledge, io);
  addKnowledgeOperations(knowledge, io);
  addKnowledgeCheck(knowledge, io);
  addKnowledgeFill(knowledge, io);
}
