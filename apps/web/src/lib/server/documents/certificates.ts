import { graphql } from '../../graphql.ts';

export const verify = graphql(`
  query Verify($input: VerifyInput!) {
    verify(input: $input) {
      __typename
      word
      certificateId
      claimedSince
      scanNotice
      retryAfterSeconds
      tap {
        state
        words
      }
      proven
      notProven
      axes {
        axis
        finding
        reasonCode
        reasonName
        reason
        source
      }
      asOf {
        blockNumber
        blockHash
        blockTime
        finality
      }
      piece {
        title
        serial
        size
        made
        finalSize
        coopId
        coopName
        coopSlug
        gtin
        documentRoot
        digest
        leaf
        batchRoot
        signer
        chainId
        contract
        issuer
        tokenId
        holder
        story {
          materials
          makersWithheld
          makers {
            name
            share
          }
          stepsWithheld
          steps {
            at
            until
            kind
            text
            station
            result
            photo {
              sha256
              takenDownAt
            }
          }
        }
      }
    }
  }
`);

export const certificateBundle = graphql(`
  query CertificateBundle($certificateId: ID!) {
    certificateBundle(certificateId: $certificateId)
  }
`);

export const editionsOfWork = graphql(`
  query EditionsOfWork($coopId: ID!, $certificateId: ID!) {
    certificate(coopId: $coopId, id: $certificateId) {
      edition {
        id
        work {
          editions {
            id
            gtin
            size
            made
            drop {
              id
            }
          }
        }
      }
    }
  }
`);

export const recordScan = graphql(`
  mutation RecordScan($input: RecordScanInput!) {
    recordScan(input: $input) {
      __typename
    }
  }
`);

export const presentTap = graphql(`
  mutation PresentTap($input: PresentTapInput!) {
    presentTap(input: $input) {
      __typename
      ... on Refusal {
        message
      }
    }
  }
`);
