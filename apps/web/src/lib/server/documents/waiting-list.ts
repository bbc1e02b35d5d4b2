import { graphql } from '../../graphql.ts';

export const waitingPlaces = graphql(`
  query WaitingPlaces($coopId: ID!) {
    myWaiting(coopId: $coopId, first: 30) {
      edges {
        node {
          id
          state
          place
          minutes
          leastMinutes
          earliestAt
          latestAt
          family
          cell {
            name
          }
        }
      }
    }
    bookingPolicy(coopId: $coopId) {
      waitingAnswerMinutes
    }
  }
`);

export const joinWaitingList = graphql(`
  mutation JoinWaitingList($input: JoinWaitingListInput!) {
    joinWaitingList(input: $input) {
      __typename
      ... on WaitingListJoined {
        entry {
          place
        }
      }
      ... on Refusal {
        message
      }
      ... on SlotIsFree {
        alternative {
          stationId
          fromAt
          toAt
        }
      }
    }
  }
`);

export const leaveWaitingList = graphql(`
  mutation LeaveWaitingList($input: LeaveWaitingListInput!) {
    leaveWaitingList(input: $input) {
      __typename
      ... on Refusal {
        message
      }
    }
  }
`);

export const rescheduleBooking = graphql(`
  mutation RescheduleBooking($input: RescheduleBookingInput!) {
    rescheduleBooking(input: $input) {
      __typename
      ... on BookingRescheduled {
        feeMinor
        waivedBecause
        booking {
          priceMinor
          currency
          fromAt
        }
      }
      ... on Refusal {
        message
      }
    }
  }
`);
