import type { TestApp } from '../../support/app.js';

/** What a mutation answered, as far as it was asked for. */
export interface Answer {
  readonly __typename: string;
  readonly message?: string;
  readonly field?: string;
  readonly [key: string]: unknown;
}

/** Calls a mutation of one input in a co-op; `success` is the fragment on its success type, such as `Done { id }`, `refusals` those on refusals. */
export async function mutate(
  app: Pick<TestApp, 'gql'>,
  who: { readonly token: string },
  operation: string,
  success: string,
  input: object,
  refusals = '... on InputRefused { field }',
): Promise<Answer> {
  const type = `${operation.charAt(0).toUpperCase()}${operation.slice(1)}Input`;
  const query = `mutation ($input: ${type}!) { answer: ${operation}(input: $input) {
    __typename ... on ${success} ... on Refusal { message } ${refusals} } }`;
  return (await app.gql<{ answer: Answer }>(query, { input }, { token: who.token })).answer;
}
