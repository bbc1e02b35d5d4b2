import { costLimitRule } from '@escape.tech/graphql-armor-cost-limit';
import { maxAliasesRule } from '@escape.tech/graphql-armor-max-aliases';
import { maxDepthRule } from '@escape.tech/graphql-armor-max-depth';
import type { ValidationRule } from 'graphql';

/** The largest request that is validated, as validation rules; page size is limited by PageArgs, length by the body. */
export const LIMITS = { depth: 12, aliases: 15, cost: 5000, bodyBytes: 1_000_000, tokens: 2000 } as const;

/** The validation rules that refuse a query too deep, too wide or too dear before anything runs. */
export function limitRules(): ValidationRule[] {
  return [
    maxDepthRule({ n: LIMITS.depth, flattenFragments: true }),
    maxAliasesRule({ n: LIMITS.aliases }),
    costLimitRule({ maxCost: LIMITS.cost }),
  ] as ValidationRule[];
}
