import { graphql } from '../../graphql.ts';

export const timeOfPeers = graphql(`
  query TimeOfPeers($coopId: ID!, $workshopId: ID!, $fromAt: Instant!, $toAt: Instant!) {
    reclaimableWindows(coopId: $coopId, workshopId: $workshopId, fromAt: $fromAt, toAt: $toAt) {
      offerTitle
      firmFrom
      reclaimable
      booking {
        id
        fromAt
        toAt
        cell {
          name
        }
        station {
          number
        }
      }
    }
  }
`);

export const reclaimWindow = graphql(`
  mutation ReclaimWindow($input: ReclaimWindowInput!) {
    reclaimWindow(input: $input) {
      __typename
      ... on WindowReclaimed {
        booking {
          fromAt
          toAt
          priceMinor
          currency
          cell {
            name
          }
          station {
            number
          }
        }
        work {
          state
          refundedMinor
          currency
          bookings {
            fromAt
            toAt
            cell {
              name
            }
            station {
              number
            }
          }
        }
      }
      ... on Refusal {
        message
      }
    }
  }
`);
