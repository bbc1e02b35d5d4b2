import type { ApolloServerPlugin } from '@apollo/server';
import { GraphQLError } from 'graphql';
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

/** What the operation could make, or 0 when its variables do not fit: then it is refused by that, in its own words. */
function costOf(options: Omit<Parameters<typeof getComplexity>[0], 'estimators'>): number {
  try {
    return getComplexity({ ...options, estimators: [fieldExtensionsEstimator(), byPage] });
  } catch (error) {
    if (error instanceof GraphQLError) return 0;
    throw error;
  }
}

/** Refuses an operation that could make more than LIMITS.cost fields, its page sizes and variables counted. */
export function costLimit(): ApolloServerPlugin {
  return {
    requestDidStart: async () => ({
      didResolveOperation: async ({ schema, document, request, operationName }) => {
        const name = operationName === null ? {} : { operationName };
        const cost = costOf({ schema, query: document, variables: request.variables ?? {}, ...name });
        if (cost <= LIMITS.cost) return;
        throw new GraphQLError(
          `The query could make ${String(cost)} fields; at most ${String(LIMITS.cost)} are answered at once. Ask for smaller pages or fewer fields.`,
          { extensions: { code: 'GRAPHQL_VALIDATION_FAILED', http: { status: 400 } } },
        );
      },
    }),
  };
}
