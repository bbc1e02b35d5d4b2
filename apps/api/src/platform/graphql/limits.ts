import { maxAliasesRule } from '@escape.tech/graphql-armor-max-aliases';
import { maxDepthRule } from '@escape.tech/graphql-armor-max-depth';
import type { GraphQLError, ValidationContext, ValidationRule } from 'graphql';

/** The largest request that is validated, in fields made (cost), page by page; the size of a page is limited by PageArgs. */
export const LIMITS = { depth: 12, aliases: 15, cost: 25_000, bodyBytes: 1_000_000, tokens: 2000 } as const;

// Reported like any other validation error; the rules would throw otherwise, which reads as a fault of ours.
const REPORTED = {
  propagateOnRejection: false,
  onReject: [
    (context: ValidationContext | null, error: GraphQLError): void => {
      context?.reportError(error);
    },
  ],
};

/** The validation rules that refuse a query too deep or too wide before anything runs. */
export function limitRules(): ValidationRule[] {
  return [
    maxDepthRule({ n: LIMITS.depth, flattenFragments: true, ...REPORTED }),
    maxAliasesRule({ n: LIMITS.aliases, ...REPORTED }),
  ] as ValidationRule[];
}
