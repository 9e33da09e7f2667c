import { UsageError } from '../errors.js';
import type { VariableValue } from '../sql/renderable.js';
import type { Project } from './project.js';

/** The values that a run gives to variables; the rest keep their defaults. */
export type VariableValues = Readonly<Record<string, VariableValue>>;

/** Checks values from outside. @throws UsageError for unknown names and values of another type. */
export function checkVariables(project: Project, values: Readonly<Record<string, unknown>>): VariableValues {
  for (const [name, value] of Object.entries(values)) {
    const variable = project.variables.get(name);
    if (!variable) {
      throw new UsageError('VARIABLE_UNKNOWN', `No variable is called '${name}'.`, {
        hint: `The project has: ${[...project.variables.keys()].sort().join(', ') || 'none'}.`,
      });
    }
    variable.checkValue(value);
  }
  return values as VariableValues;
}
