import { graphql } from '../../graphql.ts';

export const workshopList = graphql(`
  query WorkshopList($coopId: ID!) {
    workshops(coopId: $coopId, first: 20) {
      edges {
        node {
          id
          name
          address
          timeZone
        }
      }
    }
  }
`);

export const calendar = graphql(`
  query Calendar($coopId: ID!, $workshopId: ID!, $fromAt: Instant!, $toAt: Instant!) {
    calendar(coopId: $coopId, workshopId: $workshopId, fromAt: $fromAt, toAt: $toAt) {
      cell {
        id
        name
        gridMinutes
        maxMinutes
        hourlyRateMinor
      }
      station {
        id
        number
      }
      openWindows {
        fromAt
        toAt
      }
      bookings {
        bookingId
        mine
        state
        fromAt
        toAt
        label
        expiresAt
      }
    }
    freeSlots(coopId: $coopId, workshopId: $workshopId, fromAt: $fromAt, toAt: $toAt) {
      cell {
        id
      }
      windows {
        fromAt
        toAt
        freeStations
      }
    }
    myBookings(coopId: $coopId, first: 30) {
      edges {
        node {
          id
          state
          fromAt
          toAt
          priceMinor
          currency
          expiresAt
          cell {
            name
          }
          station {
            number
          }
          workshop {
            id
            name
            timeZone
          }
        }
      }
    }
  }
`);

export const holdSlot = graphql(`
  mutation HoldSlot($input: HoldSlotInput!) {
    holdSlot(input: $input) {
      __typename
      ... on SlotHeld {
        booking {
          id
        }
      }
      ... on Refusal {
        message
      }
      ... on SlotTaken {
        freeFrom
      }
      ... on OutsideOpeningHours {
        nextOpenAt
      }
    }
  }
`);

export const confirmBooking = graphql(`
  mutation ConfirmBooking($input: ConfirmBookingInput!) {
    confirmBooking(input: $input) {
      __typename
      ... on Refusal {
        message
      }
    }
  }
`);

export const releaseHold = graphql(`
  mutation ReleaseHold($input: ReleaseHoldInput!) {
    releaseHold(input: $input) {
      __typename
      ... on Refusal {
        message
      }
    }
  }
`);

export const cancelBooking = graphql(`
  mutation CancelBooking($input: CancelBookingInput!) {
    cancelBooking(input: $input) {
      __typename
      ... on Refusal {
        message
      }
    }
  }
`);
