import type { Component } from '../../../model/platform/project.ts';
import type { JsonReader } from './json-reader.ts';

/** Decodes a component from the index or from the lists of configurations. */
export function decodeComponent(component: JsonReader): Component {
  const data = component.at('data');
  const hasDefaultBucket = !data.isAbsent && data.at('default_bucket').flag();
  const flags = component.at('flags');
  return {
    id: component.at('id').id(),
    type: component.at('type').textOrNull() ?? 'other',
    name: component.at('name').textOrEmpty(),
    flags: flags.isAbsent ? [] : flags.items().map((flag) => flag.text()),
    defaultBucketStage: hasDefaultBucket ? data.at('default_bucket_stage').textOrNull() : null,
  };
}

/** The components of several answers, each once. The first answer that contains a component counts. */
export function mergeComponents(...answers: readonly (readonly Component[])[]): Component[] {
  const byId = new Map<string, Component>();
  for (const component of answers.flat()) {
    if (!byId.has(component.id)) byId.set(component.id, component);
  }
  return [...byId.values()];
}
