const SIMPLE = ['string', 'integer', 'number', 'boolean'];
const ANYWHERE = ['type', 'title', 'description', 'enum', 'const'];
const BY_TYPE: Readonly<Record<string, readonly string[]>> = {
  object: ['properties', 'required', 'additionalProperties'],
  array: ['items', 'minItems', 'maxItems', 'uniqueItems'],
  string: ['minLength', 'maxLength'],
  integer: ['minimum', 'maximum', 'multipleOf'],
  number: ['minimum', 'maximum'],
  boolean: [],
};
const DEEPEST = 5;
const MOST_CHOICES = 100;

/** The longest text of a contract or of an input to one, in characters. */
export const LONGEST_CONTRACT = 16_000;

/** A contract as it may be written: a subset of JSON Schema without references and patterns, so it always ends, and fast. */
export type ContractSchema = Readonly<Record<string, unknown>>;

export type ContractDecision =
  | { readonly kind: 'ContractAccepted'; readonly schema: ContractSchema }
  | { readonly kind: 'ContractInvalid'; readonly message: string };

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const childrenOf = (schema: Record<string, unknown>): [string, unknown][] => [
  ...(isRecord(schema['properties'])
    ? Object.entries(schema['properties']).map(([name, child]): [string, unknown] => [
        `properties.${name}`,
        child,
      ])
    : []),
  ...('items' in schema ? [['items', schema['items']] satisfies [string, unknown]] : []),
];

function shapeFault(schema: Record<string, unknown>, at: string): string | null {
  const type = schema['type'];
  const known = typeof type === 'string' && Object.hasOwn(BY_TYPE, type) ? BY_TYPE[type] : undefined;
  if (known === undefined) return `${at} needs a type of object, array, ${SIMPLE.join(', ')}.`;
  const strange = Object.keys(schema).find((key) => !ANYWHERE.includes(key) && !known.includes(key));
  if (strange !== undefined)
    return `${at} has "${strange}", which a ${String(type)} of this contract language has not.`;
  if (type === 'object' && !isRecord(schema['properties'])) return `${at} needs its properties as an object.`;
  if (type === 'object' && (schema['additionalProperties'] ?? false) !== false)
    return `${at} must not take additional properties.`;
  // No validator can tell it from what every object has.
  if (isRecord(schema['properties']) && Object.hasOwn(schema['properties'], '__proto__'))
    return `${at} has a property named __proto__. Give it another name.`;
  if (type === 'array' && !('items' in schema)) return `${at} needs items.`;
  return costFault(schema, at);
}

/** True when a value has lists or objects inside each other on more than so many levels. */
function liesDeeper(value: unknown, levels: number): boolean {
  if (typeof value !== 'object' || value === null) return false;
  return levels === 0 || Object.values(value).some((part) => liesDeeper(part, levels - 1));
}

/** What would take more than one look at each part of an input: each item against all others, or against endless choices. */
function costFault(
  { enum: choices, const: only, uniqueItems, items }: Record<string, unknown>,
  at: string,
): string | null {
  if (Array.isArray(choices) && choices.length > MOST_CHOICES)
    return `${at} has ${choices.length} choices. Keep at most ${MOST_CHOICES}.`;
  if (liesDeeper(choices, DEEPEST + 1) || liesDeeper(only, DEEPEST))
    return `${at} has a choice that lies deeper than ${DEEPEST} levels. Make it flatter.`;
  const simple = isRecord(items) && SIMPLE.includes(String(items['type']));
  return uniqueItems === true && !simple
    ? `${at} has uniqueItems, which is for items of type ${SIMPLE.join(', ')}.`
    : null;
}

function faultIn(schema: unknown, at: string, depth: number): string | null {
  if (!isRecord(schema)) return `${at} is no schema. Write an object with a type.`;
  if (depth > DEEPEST) return `${at} lies deeper than ${DEEPEST} levels. Make it flatter.`;
  const fault = shapeFault(schema, at);
  if (fault !== null) return fault;
  for (const [name, child] of childrenOf(schema)) {
    const inside = faultIn(child, `${at}.${name}`, depth + 1);
    if (inside !== null) return inside;
  }
  return null;
}

/** Every object of the schema closed to properties that it does not name: a typing error must not pass for an input. */
function closed(schema: Record<string, unknown>): ContractSchema {
  const properties = isRecord(schema['properties'])
    ? Object.fromEntries(
        Object.entries(schema['properties']).map(([name, child]) => [
          name,
          closed(child as Record<string, unknown>),
        ]),
      )
    : undefined;
  return {
    ...schema,
    ...(properties === undefined ? {} : { properties, additionalProperties: false }),
    ...(isRecord(schema['items']) ? { items: closed(schema['items']) } : {}),
  };
}

/** Decides whether a text is a contract: JSON of the subset above, an object at its root; JSON Schema 2020-12 in meaning. */
export function decideContract(text: string): ContractDecision {
  const invalid = (message: string): ContractDecision => ({ kind: 'ContractInvalid', message });
  if (text.length > LONGEST_CONTRACT)
    return invalid(`The schema has ${text.length} characters. Keep it within ${LONGEST_CONTRACT}.`);
  let parsed: unknown;
  try {
    parsed = JSON.parse(text);
  } catch {
    return invalid('The schema is no JSON. Send a JSON text.');
  }
  const fault = faultIn(parsed, 'The schema', 1);
  if (fault !== null) return invalid(fault);
  const schema = parsed as Record<string, unknown>;
  return schema['type'] === 'object'
    ? { kind: 'ContractAccepted', schema: closed(schema) }
    : invalid('The schema describes no object. Let its type be object.');
}
