/** What the built-in kinds of entries are called. */
export const kinds = {
  skill: { one: 'Skill', many: 'Skills' },
  customer: { one: 'Customer', many: 'Customers' },
  'system-prompt': { one: 'System prompt', many: 'System prompts' },
  'prompt-block': { one: 'Prompt block', many: 'Prompt blocks' },
  'slide-template': { one: 'Slide template', many: 'Slide templates' },
  'document-template': { one: 'Document template', many: 'Document templates' },
  document: { one: 'Document', many: 'Documents' },
  environment: { one: 'Environment', many: 'Environments' },
  category: { one: 'Categories', many: 'Categories' },
};
