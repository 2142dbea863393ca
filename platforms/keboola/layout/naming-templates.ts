/** The CLI's templates for directory names. The manifest contains them with these names and in this order. */
export const namingTemplates = {
  branch: '{branch_name}',
  config: '{component_type}/{component_id}/{config_name}',
  configRow: 'rows/{config_row_name}',
  schedulerConfig: 'schedules/{config_name}',
  sharedCodeConfig: '_shared/{target_component_id}',
  sharedCodeConfigRow: 'codes/{config_row_name}',
  variablesConfig: 'variables',
  variablesValuesRow: 'values/{config_row_name}',
  dataAppConfig: 'app/{component_id}/{config_name}',
} as const;

/** Fills values into a template. They must already be safe in a path. */
export function fillTemplate(template: string, values: Readonly<Record<string, string>>): string {
  return template.replace(
    /\{([a-z_]+)\}/g,
    (placeholder, name: string) => values[name] ?? placeholder,
  );
}
