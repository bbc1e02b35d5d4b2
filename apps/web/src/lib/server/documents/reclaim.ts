import { graphql } from '../../graphql.ts';
import { bookedStretch } from './fragments.ts';

export const timeOfPeers = graphql(
  `
    query TimeOfPeers($coopId: ID!, $workshopId: ID!, $fromAt: Instant!, $toAt: Instant!) {
      reclaimableWindows(coopId: $coopId, workshopId: $workshopId, fromAt: $fromAt, toAt: $toAt) {
        offerTitle
        firmFrom
        reclaimable
        booking {
          ...BookedStretch
        }
      }
    }
  `,
  [bookedStretch],
);

export const reclaimWindow = graphql(
  `
    mutation ReclaimWindow($input: ReclaimWindowInput!) {
      reclaimWindow(input: $input) {
        __typename
        ... on WindowReclaimed {
          booking {
            ...BookedStretch
            priceMinor
            currency
          }
          work {
            state
            refundedMinor
            currency
            bookings {
              ...BookedStretch
            }
          }
        }
        ... on Refusal {
          message
        }
      }
    }
  `,
  [bookedStretch],
);
