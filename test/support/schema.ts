import { Ajv } from 'ajv';
import addFormats from 'ajv-formats';

/** Why a value does not fit a JSON schema (draft 7), one line each; empty when it does. */
export function misfits(schema: object, value: unknown): string[] {
  const ajv = new Ajv({ allErrors: true, strict: false });
  addFormats.default(ajv);
  const validate = ajv.compile(schema);
  return validate(value)
    ? []
    : (validate.errors ?? []).map((error) => `${error.instancePath} ${error.message ?? ''}`);
}
