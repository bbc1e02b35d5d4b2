import { graphql } from '../../graphql.ts';
import { packTerms } from './fragments.ts';

export const allowancePage = graphql(
  `
    query AllowancePage($coopId: ID!, $workshopId: ID!, $credits: String, $packs: String) {
      myAllowance(coopId: $coopId, workshopId: $workshopId) {
        memberClass
        quotas {
          cellKind
          period
          fromAt
          toAt
          limitMinutes
          usedMinutes
          leftMinutes
        }
        credits(first: 10, after: $credits) {
          edges {
            node {
              id
              name
              cellKind
              minutes
              usedMinutes
              leftMinutes
              priceMinor
              currency
              boughtAt
              expiresAt
            }
          }
          pageInfo {
            hasNextPage
            endCursor
          }
        }
      }
      creditPacks(coopId: $coopId, first: 20, after: $packs) {
        edges {
          node {
            ...PackTerms
          }
        }
        pageInfo {
          hasNextPage
          endCursor
        }
      }
    }
  `,
  [packTerms],
);

export const buyCredits = graphql(`
  mutation BuyCredits($input: BuyCreditsInput!) {
    buyCredits(input: $input) {
      __typename
      ... on CreditsBought {
        credits {
          id
        }
      }
      ... on Refusal {
        message
      }
    }
  }
`);
