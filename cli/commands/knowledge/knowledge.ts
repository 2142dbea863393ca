import type { Command } from 'commander';
import { processIo, type ClientIo } from '../../client/client-command.ts';
import { addKnowledgeCheck } from './check.ts';
import { addKnowledgeConflicts } from './conflicts.ts';
import { addKnowledgeChangeSets } from './drafts/change-sets.ts';
import { addKnowledgeDrafts } from './drafts/drafts.ts';
import { addKnowledgeEntries } from './entries.ts';
import { addKnowledgeFill } from './fill.ts';
import { addKnowledgeImport } from './import.ts';
import { addKnowledgeLog } from './log.ts';
import { addKnowledgeOperations } from './operations.ts';
import { addKnowledgeEnvironments } from './prompts/environments.ts';
import { addKnowledgePrompts, addKnowledgeTemplates } from './prompts/prompts.ts';
import { addKnowledgeRender } from './render.ts';
import { addKnowledgeReviews } from './review/reviews.ts';
import { addKnowledgeRules } from './review/rules.ts';
import { addKnowledgeSaves } from './save-entries.ts';
import { addKnowledgeSecrets } from './secrets.ts';
import { addKnowledgeSpaces } from './spaces.ts';

/** Adds `gitward knowledge …`. */
export function registerKnowledge(program: Command, io: ClientIo = processIo): void {
  const knowledge = program
    .command('knowledge')
    .description('knowledge spaces: Markdown in Git that people and agents share');
  addKnowledgeSpaces(knowledge, io);
  addKnowledgeRules(knowledge, io);
  addKnowledgeEntries(knowledge, io);
  addKnowledgeSaves(knowledge, io);
  addKnowledgeDrafts(knowledge, io);
  addKnowledgeChangeSets(knowledge, io);
  addKnowledgeReviews(knowledge, io);
  addKnowledgeRender(knowledge, io);
  addKnowledgePrompts(knowledge, io);
  addKnowledgeTemplates(knowledge, io);
  addKnowledgeEnvironments(knowledge, io);
  addKnowledgeLog(knowledge, io);
  addKnowledgeSecrets(knowledge, io);
  addKnowledgeConflicts(knowledge, io);
  addKnowledgeImport(knowledge, io);
  addKnowledgeOperations(knowledge, io);
  addKnowledgeCheck(knowledge, io);
  addKnowledgeFill(knowledge, io);
}
