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

/** The preferred path of a configuration below its branch. */
export function configPath(component: Component, config: Configuration): string {
  const template =
    component.id === dataApps ? namingTemplates.dataAppConfig : namingTemplates.config;
  return fillTemplate(template, {
    // Files such as meta.json are next to the folders of types, so a type without dots cannot collide with
    // them.
    component_type: safeSegment(component.type).replaceAll('.', '-'),
    component_id: safeSegment(component.id),
    config_name: nameOrId(config.name, config.id),
  });
}

/** The preferred path of a row below its configuration. */
export function rowPath(
  row: ConfigurationRow,
  template: string = namingTemplates.configRow,
): string {
  return fillTemplate(template, { config_row_name: nameOrId(rowName(row), row.id) });
}

/** Gives a configuration's rows the preferred paths of another template. */
export function nameRows({ rows }: ConfigNode, template: string): void {
  for (const node of rows) node.wantedPath = rowPath(node.row, template);
}

/** A row's name. Rows of old transformations have it in their content. */
function rowName({ name, content }: ConfigurationRow): string {
  if (name !== '') return name;
  const inContent = content.get('name');
  return typeof inContent === 'string' ? inContent : 'row';
}

/** With an empty name, the CLI would write a broken path. The id is used instead. */
export function nameOrId(name: string, id: string): string {
  return slug(name) || safeSegment(id);
}
