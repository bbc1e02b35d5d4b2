import {
  type GraphQLArgument,
  type GraphQLField,
  type GraphQLInputType,
  isEnumType,
  isInputObjectType,
  isLeafType,
  isListType,
  isNonNullType,
  getNamedType,
} from 'graphql';

/** Values for arguments that name the co-op, so that a role rule has something to be checked against. */
export interface Known {
  readonly coopId: string;
}

const SCALARS: Readonly<Record<string, string>> = {
  ID: '"0198c0de-0000-7000-8000-000000000000"',
  String: '"x"',
  Int: '1',
  Boolean: 'true',
  Instant: '"2026-01-05T09:00:00Z"',
  MinorUnits: '"1"',
};

/** What is required, and the co-op also where only brands may leave it out. */
function isNamed({ name, type }: { readonly name: string; readonly type: GraphQLInputType }): boolean {
  return isNonNullType(type) || name === 'coopId';
}

function literal(type: GraphQLInputType, name: string, known: Known): string {
  if (isNonNullType(type)) return literal(type.ofType, name, known);
  if (isListType(type)) return `[${literal(type.ofType, name, known)}]`;
  if (name === 'coopId') return JSON.stringify(known.coopId);
  if (isEnumType(type)) return type.getValues()[0]?.name ?? 'null';
  if (isInputObjectType(type)) {
    const fields = Object.values(type.getFields()).filter(isNamed);
    return `{${fields.map((field) => `${field.name}: ${literal(field.type, field.name, known)}`).join(', ')}}`;
  }
  const scalar = SCALARS[getNamedType(type).name];
  if (scalar === undefined) throw new Error(`no example value for ${String(type)}`);
  return scalar;
}

function argument(arg: GraphQLArgument, known: Known): string[] {
  return isNamed(arg) ? [`${arg.name}: ${literal(arg.type, arg.name, known)}`] : [];
}

/** The smallest call of an operation that the schema accepts: only what is required, with made-up values. */
export function minimalCall(kind: string, field: GraphQLField<unknown, unknown>, known: Known): string {
  const args = field.args.flatMap((arg) => argument(arg, known));
  const shown = isLeafType(getNamedType(field.type)) ? '' : ' { __typename }';
  return `${kind.toLowerCase()} { ${field.name}${args.length > 0 ? `(${args.join(', ')})` : ''}${shown} }`;
}
