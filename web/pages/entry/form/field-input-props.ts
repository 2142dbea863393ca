import type { ComponentType } from 'react';
import type { JsonValue } from '../../../../model/knowledge/entry.ts';
import type { FieldControl } from './field-control.ts';

/** What an input of a field needs. */
export interface FieldInputProps {
  label: string;
  help: string | null;
  error: string | undefined;
  isRequired?: boolean;
  isDisabled?: boolean;
  value: JsonValue | undefined;
  /** What others use in this field. */
  used: readonly string[];
  /** `undefined` removes the field. */
  onChange: (value: JsonValue | undefined) => void;
}

/** Shows the input that a control says; given to what has inputs inside. */
export type FieldInputs = ComponentType<FieldInputProps & { control: FieldControl }>;
