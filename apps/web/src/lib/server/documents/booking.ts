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
  query Calendar($coopId: ID!, $workshopId: ID!, $fromAt: Instant!, $toAt: Instant!, $family: String) {
    calendar(coopId: $coopId, workshopId: $workshopId, fromAt: $fromAt, toAt: $toAt) {
      cell {
        id
        name
        gridMinutes
        maxMinutes
        hourlyRateMinor
        families
        defaultFamily
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
        changeoverFromAt
        family
        origin
        label
        expiresAt
      }
    }
    freeSlots(coopId: $coopId, workshopId: $workshopId, fromAt: $fromAt, toAt: $toAt, family: $family) {
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
          origin
          fromAt
          toAt
          family
          priceMinor
          priceLines {
            code
            label
            amountMinor
          }
          currency
          cancelFee {
            feeMinor
            keepsPrepaid
            waivedBecause
            until
          }
          expiresAt
          extendedAt
          cell {
            id
            name
            gridMinutes
            maxMinutes
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
        because
        booking {
          id
        }
      }
      ... on Refusal {
        message
      }
      ... on SlotTaken {
        freeFrom
        alternatives {
          stationId
          fromAt
          toAt
        }
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
      ... on BookingCancelled {
        feeMinor
        waivedBecause
      }
      ... on Refusal {
        message
      }
    }
  }
`);

export const explainPrice = graphql(`
  query ExplainPrice(
    $coopId: ID!
    $cellId: ID!
    $stationId: ID
    $family: String
    $fromAt: Instant!
    $toAt: Instant!
    $useCredits: Boolean
  ) {
    explainPrice(
      coopId: $coopId
      cellId: $cellId
      stationId: $stationId
      family: $family
      fromAt: $fromAt
      toAt: $toAt
      useCredits: $useCredits
    ) {
      __typename
      ... on PriceExplained {
        because
        changeoverMinutes
        currency
        totalMinor
        lines {
          code
          label
          amountMinor
        }
      }
      ... on Refusal {
        message
      }
    }
  }
`);

export const holdNextFree = graphql(`
  mutation HoldNextFree($input: HoldNextFreeInput!) {
    holdNextFree(input: $input) {
      __typename
      ... on SlotHeld {
        because
        booking {
          id
          fromAt
        }
      }
      ... on Refusal {
        message
      }
    }
  }
`);

export const extendHold = graphql(`
  mutation ExtendHold($input: ExtendHoldInput!) {
    extendHold(input: $input) {
      __typename
      ... on Refusal {
        message
      }
    }
  }
`);
