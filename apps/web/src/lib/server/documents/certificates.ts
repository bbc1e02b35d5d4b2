import { graphql } from '../../graphql.ts';

export const verify = graphql(`
  query Verify($input: VerifyInput!) {
    verify(input: $input) {
      __typename
      word
      certificateId
      proven
      notProven
      axes {
        axis
        finding
        reasonCode
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
        history {
          at
          text
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
