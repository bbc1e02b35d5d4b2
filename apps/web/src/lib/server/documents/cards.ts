import { graphql } from '../../graphql.ts';

export const printCard = graphql(`
  mutation PrintCard($input: PrintCardInput!) {
    printCard(input: $input) {
      __typename
      ... on Refusal {
        message
      }
      ... on CardPrinted {
        fileName
        pdf
      }
    }
  }
`);

export const cardOf = graphql(`
  query CardOf($coopId: ID!, $certificateId: ID!, $after: String) {
    certificate(coopId: $coopId, id: $certificateId) {
      id
      serial
      verificationPath
      edition {
        id
        work {
          title
        }
      }
    }
    cardPrints(coopId: $coopId, certificateId: $certificateId, first: 20, after: $after) {
      edges {
        node {
          id
          printedAt
          printedByName
        }
      }
      pageInfo {
        hasNextPage
        endCursor
      }
    }
  }
`);
