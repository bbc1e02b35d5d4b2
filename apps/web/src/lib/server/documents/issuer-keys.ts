import { graphql } from '../../graphql.ts';

export const issuerKeys = graphql(`
  query IssuerKeys($coopId: ID!, $after: String) {
    keysOfIssuer(coopId: $coopId, first: 20, after: $after) {
      edges {
        node {
          id
          purpose
          address
          requestedAt
          validFrom
          retiringAt
          retiredAt
          words
        }
      }
      pageInfo {
        hasNextPage
        endCursor
      }
    }
  }
`);

export const rotateSigner = graphql(`
  mutation RotateSigner($input: RotateSignerInput!) {
    rotateSigner(input: $input) {
      __typename
      ... on Refusal {
        message
      }
    }
  }
`);

export const retireSigner = graphql(`
  mutation RetireSigner($input: RetireSignerInput!) {
    retireSigner(input: $input) {
      __typename
      ... on Refusal {
        message
      }
      ... on InputRefused {
        field
      }
    }
  }
`);
