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

/** A subscription that may run, under the limits of every operation; or what is wrong with it. */
export function readOperation(
  schema: GraphQLSchema,
  payload: SubscribePayload,
): Pick<ExecutionArgs, 'schema' | 'document' | 'variableValues' | 'operationName'> | GraphQLError[] {
  const document = parsed(payload.query);
  if (document instanceof GraphQLError) return [document];
  const faults = validate(schema, document, RULES);
  if (faults.length > 0) return [...faults];
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
