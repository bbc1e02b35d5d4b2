import {
  GraphQLError,
  GraphQLID,
  GraphQLScalarType,
  Kind,
  type GraphQLSchema,
  type ValueNode,
} from 'graphql';
import { isUuid } from './uuid.js';

const MINOR_UNITS = /^-?\d{1,18}$/;
const INSTANT = /^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d{1,3})?)?(Z|[+-]\d\d:\d\d)$/;

function badInput(message: string): GraphQLError {
  return new GraphQLError(message, { extensions: { code: 'BAD_USER_INPUT' } });
}

function parseMinorUnits(value: unknown): bigint {
  if (typeof value === 'number' && Number.isSafeInteger(value)) return BigInt(value);
  if (typeof value === 'string' && MINOR_UNITS.test(value)) return BigInt(value);
  throw badInput(
    'MinorUnits takes a whole number of minor units (cents) of at most 18 digits, as a string or an integer.',
  );
}

/** A sum in minor units (cents): a decimal string outside, a bigint inside, so no client rounds it. */
export const MinorUnits = new GraphQLScalarType<bigint, string>({
  name: 'MinorUnits',
  description: 'A sum in minor units of its currency (cents), as a decimal string.',
  serialize: (value) => {
    if (typeof value === 'bigint' || typeof value === 'number' || typeof value === 'string')
      return BigInt(value).toString();
    throw new TypeError('MinorUnits serializes whole numbers only');
  },
  parseValue: parseMinorUnits,
  parseLiteral: (node: ValueNode) => {
    if (node.kind === Kind.INT || node.kind === Kind.STRING) return parseMinorUnits(node.value);
    throw badInput('MinorUnits takes a whole number of minor units (cents).');
  },
});

/** False for the 31st of November, which `Date` would take for the 1st of December. */
function isCalendarDate(date: string): boolean {
  const midnight = new Date(`${date}T00:00:00Z`);
  return !Number.isNaN(midnight.getTime()) && midnight.toISOString().startsWith(date);
}

function parseInstant(value: unknown): Date {
  const real = typeof value === 'string' && INSTANT.test(value) && isCalendarDate(value.slice(0, 10));
  const at = real ? new Date(value) : undefined;
  if (at === undefined || Number.isNaN(at.getTime()))
    throw badInput('Instant takes an ISO 8601 time with its offset, for example 2026-11-21T09:00:00Z.');
  return at;
}

/** A moment: ISO 8601 with an offset, answered in UTC with milliseconds. */
export const Instant = new GraphQLScalarType<Date, string>({
  name: 'Instant',
  description: 'A moment as ISO 8601 with its offset; answered in UTC.',
  serialize: (value) => {
    if (value instanceof Date) return value.toISOString();
    throw new TypeError('Instant serializes dates only');
  },
  parseValue: parseInstant,
  parseLiteral: (node: ValueNode) => {
    if (node.kind === Kind.STRING) return parseInstant(node.value);
    throw badInput('Instant takes an ISO 8601 time as a string.');
  },
});

const { parseValue, parseLiteral } = GraphQLID;

const asStored = (id: string): string => (isUuid(id) ? id.toLowerCase() : id);

/**
 * Has every id that comes in read as it is stored: a UUID in capital letters is the same one to the database, and must not
 * be another to what compares ids as text.
 */
export function idsAsStored(schema: GraphQLSchema): GraphQLSchema {
  GraphQLID.parseValue = (value) => asStored(parseValue(value));
  GraphQLID.parseLiteral = (node, variables) => asStored(parseLiteral(node, variables));
  return schema;
}
