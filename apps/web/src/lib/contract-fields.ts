/** One field of a form that asks for a value of a contract; `path` leads to the value through nested objects. */
export interface ContractField {
  readonly path: readonly string[];
  /** The name of the field in the form. */
  readonly name: string;
  readonly label: string;
  readonly hint: string | null;
  readonly required: boolean;
  readonly kind: 'text' | 'long' | 'number' | 'choice' | 'yes' | 'list' | 'json';
  readonly choices: readonly string[];
  readonly min: number | null;
  readonly max: number | null;
  readonly step: string | null;
  readonly maxLength: number | null;
}

type Schema = Readonly<Record<string, unknown>>;
const LONG_TEXT = 120;

const isSchema = (value: unknown): value is Schema =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
const numberIn = (schema: Schema, key: string): number | null => {
  const value = schema[key];
  return typeof value === 'number' ? value : null;
};
const textIn = (schema: Schema, key: string): string | null => {
  const value = schema[key];
  return typeof value === 'string' ? value : null;
};

function parsed(text: string): Schema {
  try {
    const value: unknown = JSON.parse(text);
    return isSchema(value) ? value : {};
  } catch {
    return {};
  }
}

function kindOf(schema: Schema): ContractField['kind'] {
  if (Array.isArray(schema['enum']) || 'const' in schema) return 'choice';
  switch (schema['type']) {
    case 'string':
      return (numberIn(schema, 'maxLength') ?? 0) > LONG_TEXT ? 'long' : 'text';
    case 'integer':
    case 'number':
      return 'number';
    case 'boolean':
      return 'yes';
    case 'array':
      return isSchema(schema['items']) && schema['items']['type'] === 'string' ? 'list' : 'json';
    default:
      return 'json';
  }
}

const words = (name: string): string => {
  const spaced = name.replaceAll(/[_-]+/g, ' ').replaceAll(/([a-z])([A-Z])/g, '$1 $2');
  return spaced.charAt(0).toUpperCase() + spaced.slice(1).toLowerCase();
};

function fieldOf(path: readonly string[], schema: Schema, required: boolean): ContractField {
  const kind = kindOf(schema);
  const values: unknown[] = Array.isArray(schema['enum']) ? schema['enum'] : [schema['const']];
  return {
    path,
    name: `input.${path.join('.')}`,
    label: textIn(schema, 'title') ?? path.map(words).join(', '),
    hint:
      textIn(schema, 'description') ??
      (kind === 'list' ? 'One on each line.' : kind === 'json' ? 'As JSON.' : null),
    required,
    kind,
    choices: kind === 'choice' ? values.map((value) => JSON.stringify(value)) : [],
    min: numberIn(schema, 'minimum'),
    max: numberIn(schema, 'maximum'),
    step: schema['type'] === 'integer' ? String(numberIn(schema, 'multipleOf') ?? 1) : 'any',
    maxLength: numberIn(schema, 'maxLength'),
  };
}

function fieldsOf(schema: Schema, path: readonly string[], needed: boolean): ContractField[] {
  const properties = isSchema(schema['properties']) ? Object.entries(schema['properties']) : [];
  const required: unknown[] = Array.isArray(schema['required']) ? schema['required'] : [];
  return properties.flatMap(([name, child]) => {
    if (!isSchema(child)) return [];
    const must = needed && required.includes(name);
    const at = [...path, name];
    return child['type'] === 'object' ? fieldsOf(child, at, must) : [fieldOf(at, child, must)];
  });
}

/** The fields of a form for the input of a contract, a JSON Schema as text; nested objects are laid out flat. */
export const contractFields = (inputSchema: string): ContractField[] =>
  fieldsOf(parsed(inputSchema), [], true);

/** What was typed into a field as a value of the contract; undefined when it was left empty. What is no number or JSON stays text, for the API to refuse. */
function valueOf({ kind }: ContractField, typed: string | null): unknown {
  if (kind === 'yes') return typed !== null;
  const text = typed?.trim() ?? '';
  if (text === '') return undefined;
  if (kind === 'number') return Number.isFinite(Number(text)) ? Number(text) : text;
  if (kind === 'list')
    return text
      .split('\n')
      .map((line) => line.trim())
      .filter((line) => line !== '');
  if (kind !== 'choice' && kind !== 'json') return text;
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return text;
  }
}

type Place = Record<string, unknown>;

/** Puts a value under a name that a stranger chose: never through a prototype. */
function put(place: Place, name: string, value: unknown): void {
  Object.defineProperty(place, name, { value, enumerable: true, configurable: true, writable: true });
}

function inside(place: Place, name: string): Place {
  if (!Object.hasOwn(place, name)) put(place, name, {});
  return Object.getOwnPropertyDescriptor(place, name)?.value as Place;
}

/** The input of a contract as JSON text, from the fields of its form. */
export function contractInput(
  fields: readonly ContractField[],
  typed: (name: string) => string | null,
): string {
  const input: Place = {};
  for (const field of fields) {
    const value = valueOf(field, typed(field.name));
    if (value === undefined) continue;
    const place = field.path.slice(0, -1).reduce(inside, input);
    put(place, field.path.at(-1) ?? '', value);
  }
  return JSON.stringify(input);
}

/** A choice as a person reads it: a text without its quotation marks. */
export function choiceWords(choice: string): string {
  const value: unknown = JSON.parse(choice);
  return typeof value === 'string' ? value : choice;
}

const told = (value: unknown): string => {
  if (typeof value === 'string') return value;
  if (typeof value === 'boolean') return value ? 'yes' : 'no';
  const texts = Array.isArray(value) && value.every((one) => typeof one === 'string');
  return texts ? value.join(', ') : JSON.stringify(value);
};

const lines = (values: Schema, path: readonly string[]): (readonly [label: string, value: string])[] =>
  Object.entries(values).flatMap(([name, value]) =>
    isSchema(value)
      ? lines(value, [...path, name])
      : [[[...path, name].map(words).join(', '), told(value)] as const],
  );

/** The input of a contract as a person reads it, one line for each value; nested objects are laid out flat. */
export const inputLines = (input: string): (readonly [label: string, value: string])[] =>
  lines(parsed(input), []);
