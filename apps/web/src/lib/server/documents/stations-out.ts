import { graphql } from '../../graphql.ts';
import { bookedStretch } from './fragments.ts';

export const calendarOfDay = graphql(`
  query CalendarOfDay($coopId: ID!, $workshopId: ID!, $fromAt: Instant!, $toAt: Instant!) {
    calendar(coopId: $coopId, workshopId: $workshopId, fromAt: $fromAt, toAt: $toAt) {
      cell {
        name
      }
      station {
        number
      }
      bookings {
        bookingId
        mine
        origin
        state
        fromAt
        toAt
        label
        expiresAt
      }
    }
  }
`);

export const markNoShow = graphql(`
  mutation MarkNoShow($input: MarkNoShowInput!) {
    markNoShow(input: $input) {
      __typename
      ... on NoShowMarked {
        feeMinor
        waivedBecause
        booking {
          currency
        }
      }
      ... on Refusal {
        message
      }
    }
  }
`);

export const cancelForMember = graphql(`
  mutation CancelForMember($input: CancelForMemberInput!) {
    cancelForMember(input: $input) {
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

export const takeOutOfService = graphql(
  `
    mutation TakeOutOfService($input: TakeOutOfServiceInput!) {
      takeOutOfService(input: $input) {
        __typename
        ... on StationTakenOut {
          moved {
            ...BookedStretch
          }
          left {
            because
            booking {
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

export const returnToService = graphql(`
  mutation ReturnToService($input: ReturnToServiceInput!) {
    returnToService(input: $input) {
      __typename
      ... on Refusal {
        message
      }
    }
  }
`);
