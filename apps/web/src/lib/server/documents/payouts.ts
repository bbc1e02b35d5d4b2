import { graphql } from '../../graphql.ts';

export const statement = graphql(`
  query Statement($coopId: ID!, $currency: String!, $after: String) {
    statement(coopId: $coopId, currency: $currency) {
      earnedMinor
      payableMinor
      owedMinor
      lines(first: 30, after: $after) {
        edges {
          node {
            transactionId
            sequence
            kind
            reference
            postedAt
            account
            amountMinor
            versionId
            totalBeforeMinor
            totalAfterMinor
            targetBeforeMinor
            targetAfterMinor
            share
            fee
          }
        }
        pageInfo {
          hasNextPage
          endCursor
        }
      }
    }
    myBookings(coopId: $coopId, first: 50) {
      edges {
        node {
          id
          fromAt
          toAt
          priceMinor
          cell {
            name
            hourlyRateMinor
          }
          station {
            number
          }
          workshop {
            timeZone
          }
        }
      }
    }
  }
`);
