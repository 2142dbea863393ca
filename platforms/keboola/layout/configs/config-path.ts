import type {
  Component,
  Configuration,
  ConfigurationRow,
} from '../../../../model/platform/project.ts';
import type { ConfigNode } from '../layout.ts';
import { fillTemplate, namingTemplates } from '../naming-templates.ts';
import { safeSegment } from '../../../tree/safe-segment.ts';
import { slug } from '../../../tree/slug.ts';

const dataApps = 'keboola.data-apps';

/** The path that a configuration wants below its branch. */
export function configPath(component: Component, config: Configuration): string {
  const template =
    component.id === dataApps ? namingTemplates.dataAppConfig : namingTemplates.config;
  return fillTemplate(template, {
    // Beside the types' folders stand files such as meta.json: no dot, no clash.
    component_type: safeSegment(component.type).replaceAll('.', '-'),
    component_id: safeSegment(component.id),
    config_name: nameOrId(config.name, config.id),
  });
}

/** The path that a row wants below its configuration. */
export function rowPath(
  row: ConfigurationRow,
  template: string = namingTemplates.configRow,
): string {
  return fillTemplate(template, { config_row_name: nameOrId(rowName(row), row.id) });
}

/** Lets a configuration's rows want paths of another template. */
export function nameRows({ rows }: ConfigNode, template: string): void {
  for (const node of rows) node.wantedPath = rowPath(node.row, template);
}

/** A row's name; rows of old transformations have theirs in their content. */
function rowName({ name, content }: ConfigurationRow): string {
  if (name !== '') return name;
  const inContent = content.get('name');
  return typeof inContent === 'string' ? inContent : 'row';
}

/** The CLI would write an empty name, and so a broken path, where this takes the id. */
export function nameOrId(name: string, id: string): string {
  return slug(name) || safeSegment(id);
}
