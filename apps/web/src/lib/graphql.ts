import { initGraphQLTada } from 'gql.tada';
import type { introspection } from './generated/graphql-env.d.ts';

/** Types a document by the API's own schema: a field that is not there does not compile. */
export const graphql = initGraphQLTada<{
  introspection: introspection;
  scalars: { ID: string; Instant: string; MinorUnits: string };
}>();

export type { FragmentOf, ResultOf, VariablesOf } from 'gql.tada';
export { readFragment } from 'gql.tada';
