import type { ApolloServerPlugin } from '@apollo/server';
import { GraphQLError, print, type OperationDefinitionNode } from 'graphql';
import { fieldExtensionsEstimator, getComplexity, type ComplexityEstimator } from 'graphql-query-complexity';
import { LIMITS } from './limits.js';

// A list of children without a page argument is short by design: openings of a workshop, steps of a recipe.
const SHORT_LIST = 5;

/** A field costs one; a paged list costs its page of whatever is asked of each item. */
const byPage: ComplexityEstimator = ({ args, childComplexity, field }) => {
  const first: unknown = args['first'];
  if (typeof first === 'number') return 1 + Math.max(first, 0) * childComplexity;
  // The edges of a page are counted by its connection.
  const several = String(field.type).includes('[') && field.name !== 'edges';
  return 1 + childComplexity * (several ? SHORT_LIST : 1);
};

type Costed = Omit<Parameters<typeof getComplexity>[0], 'estimators'>;

/** What the operation could make, or null when its variables do not fit: then it is refused by that, in its own words. */
function costOf(options: Costed): number | null {
  try {
    return getComplexity({ ...options, estimators: [fieldExtensionsEstimator(), byPage] });
  } catch (error) {
    if (error instanceof GraphQLError) return null;
    throw error;
  }
}

// A page size, or a condition of `@include` or `@skip`.
const COUNTS = /^(?:Int|Boolean)\b/;

/** Without a variable that enters the cost it is the document's own for ever. */
function isFixed(operation: OperationDefinitionNode): boolean {
  return !(operation.variableDefinitions ?? []).some((variable) => COUNTS.test(print(variable.type)));
}

// Apollo keeps parsed documents, so the same query text comes as the same object.
const fixedCosts = new WeakMap<OperationDefinitionNode, number>();

function rememberedCost(operation: OperationDefinitionNode, options: Costed): number {
  const known = fixedCosts.get(operation);
  if (known !== undefined) return known;
  const cost = costOf(options);
  if (cost !== null && isFixed(operation)) fixedCosts.set(operation, cost);
  return cost ?? 0;
}

/** Why an operation is refused that could make more than LIMITS.cost fields; null when it could not. */
export function costFault(operation: OperationDefinitionNode, options: Costed): GraphQLError | null {
  const cost = rememberedCost(operation, options);
  if (cost <= LIMITS.cost) return null;
  return new GraphQLError(
    `The query could make ${String(cost)} fields; at most ${String(LIMITS.cost)} are answered at once. Ask for smaller pages or fewer fields.`,
    { extensions: { code: 'GRAPHQL_VALIDATION_FAILED', http: { status: 400 } } },
  );
}

/** Refuses an operation that could make more than LIMITS.cost fields, its page sizes and variables counted. */
export function costLimit(): ApolloServerPlugin {
  return {
    requestDidStart: async () => ({
      didResolveOperation: async ({ schema, document, operation, request, operationName }) => {
        const name = operationName === null ? {} : { operationName };
        if (operation === undefined) return;
        const variables = request.variables ?? {};
        const fault = costFault(operation, { schema, query: document, variables, ...name });
        if (fault !== null) throw fault;
      },
    }),
  };
}
