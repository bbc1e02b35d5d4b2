import { graphql } from '../../graphql.ts';

/** What a claim page has to know of a piece, by the two numbers printed on it. */
export const pieceToClaim = graphql(`
  query PieceToClaim($gtin: String!, $serial: Int!) {
    verify(input: { gtin: $gtin, serial: $serial }) {
      word
      certificateId
      retryAfterSeconds
      notProven
      piece {
        title
        size
        coopName
      }
      axes {
        axis
        reasonName
      }
    }
  }
`);

export const claimPreparation = graphql(`
  query ClaimPreparation($certificateId: ID!, $recipient: String!) {
    claimPreparation(certificateId: $certificateId, recipient: $recipient) {
      obstacle
      deadline
    }
  }
`);

export const claimCertificate = graphql(`
  mutation ClaimCertificate($input: ClaimCertificateInput!) {
    claimCertificate(input: $input) {
      __typename
      ... on ClaimRelayed {
        claim {
          id
        }
      }
      ... on Refusal {
        message
      }
    }
  }
`);

export const certificateClaim = graphql(`
  query CertificateClaim($id: ID!) {
    certificateClaim(id: $id) {
      state
      problem
      transactionHash
    }
  }
`);

/** The checkpoint by which the codes of an edition are checked without a network. */
export const editionCheckpoint = graphql(`
  query EditionCheckpoint($gtin: String!) {
    editionCheckpoint(gtin: $gtin)
  }
`);
