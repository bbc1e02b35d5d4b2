import { graphql } from '../../graphql.ts';

/** The batch of an edition that could be voided, as the chain tells it now, and those that were. */
export const lastBatchOfEdition = graphql(`
  query LastBatchOfEdition($coopId: ID!, $editionId: ID!) {
    editionAnchorings(coopId: $coopId, editionId: $editionId, first: 1) {
      edges {
        node {
          id
          title
          objectionSeconds
        }
      }
    }
    lastBatch(coopId: $coopId, editionId: $editionId) {
      batchId
      firstSerial
      unitCount
      root
      anchoredAt
      objectionUntil
      anchorUntil
      obstacle
    }
    batchVoids(coopId: $coopId, editionId: $editionId, first: 20) {
      edges {
        node {
          id
          batchId
          firstSerial
          unitCount
          words
          requestedAt
          recordedAt
          finalAt
          givenUp
        }
      }
    }
  }
`);

export const voidLastBatch = graphql(`
  mutation VoidLastBatch($input: VoidLastBatchInput!) {
    voidLastBatch(input: $input) {
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
