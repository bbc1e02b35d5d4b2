import {
  GraphQLError,
  OperationTypeNode,
  type DocumentNode,
  type ExecutionArgs,
  type GraphQLSchema,
  getOperationAST,
  parse,
  specifiedRules,
  validate,
} from 'graphql';
import type { SubscribePayload } from 'graphql-ws';
import { costFault } from '../graphql/cost-limit.js';
import { LIMITS, limitRules } from '../graphql/limits.js';

const RULES = [...specifiedRules, ...limitRules()];

function parsed(query: string): DocumentNode | GraphQLError {
  try {
    return parse(query, { maxTokens: LIMITS.tokens });
  } catch (error) {
    if (error instanceof GraphQLError) return error;
    throw error;
  }
}

// The same pages ask the same; what was valid once is, and one text is one document for all who send it.
const MOST_REMEMBERED = 200;
const LONGEST_REMEMBERED = 5000;
const valid = new Map<string, DocumentNode>();

function validated(schema: GraphQLSchema, query: string): DocumentNode | GraphQLError[] {
  const known = valid.get(query);
  if (known !== undefined) return known;
  const document = parsed(query);
  if (document instanceof GraphQLError) return [document];
  const faults = validate(schema, document, RULES);
  if (faults.length > 0) return [...faults];
  if (valid.size >= MOST_REMEMBERED) valid.clear();
  if (query.length <= LONGEST_REMEMBERED) valid.set(query, document);
  return document;
}

/** A subscription that may run, under the limits of every operation; or what is wrong with it. */
export function readOperation(
  schema: GraphQLSchema,
  payload: SubscribePayload,
): Pick<ExecutionArgs, 'schema' | 'document' | 'variableValues' | 'operationName'> | GraphQLError[] {
  const document = validated(schema, payload.query);
  if (Array.isArray(document)) return document;
  const operation = getOperationAST(document, payload.operationName);
  if (operation?.operation !== OperationTypeNode.SUBSCRIPTION)
    return [
      new GraphQLError('Only subscriptions are answered here. Post queries and mutations to /graphql.'),
    ];
  const variables = payload.variables ?? {};
  const { operationName } = payload;
  const name = typeof operationName === 'string' ? { operationName } : {};
  const fault = costFault(operation, { schema, query: document, variables, ...name });
  if (fault !== null) return [fault];
  return { schema, document, variableValues: variables, ...name };
}
