import { graphql } from '../../graphql.ts';

export const utilisation = graphql(`
  query Utilisation($coopId: ID!, $workshopId: ID!, $fromAt: Instant!, $toAt: Instant!) {
    utilisation(coopId: $coopId, workshopId: $workshopId, fromAt: $fromAt, toAt: $toAt) {
      bookedMinutes
      openMinutes
      cell {
        id
        name
        stations {
          id
        }
      }
      days {
        weekday
        bookedMinutes
        openMinutes
      }
    }
  }
`);

const wholeTariff = graphql(`
  fragment WholeTariff on Tariff @_unmask {
    bands {
      label
      weekday
      fromMinute
      toMinute
      percent
    }
    load {
      enabled
      floorPercent
      ceilingPercent
      utilisation {
        atPercent
        percent
      }
      leadTime {
        hours
        percent
      }
    }
    classes {
      memberClass
      percent
    }
    peerPercent
    changeover {
      charge
      hourlyPercent
    }
  }
`);

export const tariffPage = graphql(
  `
    query TariffPage($coopId: ID!, $cellId: ID) {
      tariff(coopId: $coopId, cellId: $cellId) {
        tariff {
          ...WholeTariff
        }
        version {
          id
          cellId
          validFrom
        }
      }
      workshops(coopId: $coopId, first: 20) {
        edges {
          node {
            timeZone
            cells {
              id
              name
              hourlyRateMinor
            }
          }
        }
      }
    }
  `,
  [wholeTariff],
);

export const setTariff = graphql(`
  mutation SetTariff($input: SetTariffInput!) {
    setTariff(input: $input) {
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

export const simulateTariff = graphql(`
  query SimulateTariff($coopId: ID!, $cellId: ID, $tariff: TariffInput!) {
    simulateTariff(coopId: $coopId, cellId: $cellId, tariff: $tariff) {
      __typename
      ... on Refusal {
        message
      }
      ... on InputRefused {
        field
      }
      ... on TariffSimulation {
        assumptions
        fromAt
        toAt
        currency
        bookings
        dearerBookings
        memberCount
        nowMinor
        thenMinor
        deltaMinor
        weeks {
          weekOf
          bookings
          nowMinor
          thenMinor
          deltaMinor
          utilisationPercent
        }
        classes {
          memberClass
          members
          membersPayingMore
          nowMinor
          thenMinor
          deltaMinor
        }
        members {
          accountId
          name
          memberClass
          bookings
          deltaMinor
        }
      }
    }
  }
`);
