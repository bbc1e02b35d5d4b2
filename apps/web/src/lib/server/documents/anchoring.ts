import { graphql } from '../../graphql.ts';

/** An edition with how far it has come on chain. */
const anchoredEdition = graphql(`
  fragment AnchoredEdition on EditionAnchoring @_unmask {
    id
    title
    gtin
    size
    cosignDays
    opening
    closing
    sold
    made
    anchored
    final
    objectionSeconds
    nextStep
    nextStepWords
    newestBatch {
      id
      firstSerial
      unitCount
      state
      anchoredAt
      objectionUntil
    }
  }
`);

export const anchoredEditions = graphql(
  `
    query AnchoredEditions($coopId: ID!, $after: String) {
      editionAnchorings(coopId: $coopId, first: 20, after: $after) {
        edges {
          node {
            ...AnchoredEdition
          }
        }
        pageInfo {
          hasNextPage
          endCursor
        }
      }
    }
  `,
  [anchoredEdition],
);

/** A certificate with what became of it. */
const listedCertificate = graphql(`
  fragment ListedCertificate on Certificate @_unmask {
    id
    serial
    issuedAt
    claimedSince
    batch {
      state
      chainState
      anchoredAt
    }
    withdrawal {
      reason
      words
      recordedAt
    }
    replacements {
      id
      reason
      words
      recordedAt
      givenUp
    }
  }
`);

export const editionCertificates = graphql(
  `
    query EditionCertificates(
      $coopId: ID!
      $editionId: ID!
      $standing: CertificateStanding
      $ids: [ID!]
      $first: Int!
      $after: String
    ) {
      editionAnchorings(coopId: $coopId, editionId: $editionId, first: 1) {
        edges {
          node {
            ...AnchoredEdition
          }
        }
      }
      certificates(
        coopId: $coopId
        editionId: $editionId
        standing: $standing
        ids: $ids
        first: $first
        after: $after
      ) {
        edges {
          node {
            ...ListedCertificate
          }
        }
        pageInfo {
          hasNextPage
          endCursor
        }
      }
    }
  `,
  [anchoredEdition, listedCertificate],
);

export const repairBatch = graphql(`
  mutation RepairBatch($input: RepairBatchInput!) {
    repairBatch(input: $input) {
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

export const revokeCertificates = graphql(`
  mutation RevokeCertificates($input: RevokeCertificatesInput!) {
    revokeCertificates(input: $input) {
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

export const replaceCertificate = graphql(`
  mutation ReplaceCertificate($input: ReplaceCertificateInput!) {
    replaceCertificate(input: $input) {
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
