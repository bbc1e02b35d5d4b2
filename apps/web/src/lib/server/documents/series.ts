import { graphql } from '../../graphql.ts';

export const seriesPage = graphql(`
  query SeriesPage($coopId: ID!, $after: String) {
    mySeries(coopId: $coopId, first: 10, after: $after) {
      edges {
        node {
          id
          rule
          firstAt
          minutes
          family
          cancelledAt
          cell {
            name
          }
          bookings {
            id
            state
            fromAt
            toAt
            chargedMinor
            currency
            station {
              number
            }
          }
        }
      }
      pageInfo {
        hasNextPage
        endCursor
      }
    }
  }
`);

export const cellList = graphql(`
  query CellList($coopId: ID!, $id: ID!) {
    workshop(coopId: $coopId, id: $id) {
      cells {
        id
        name
        gridMinutes
        maxMinutes
        families
        defaultFamily
        stations {
          id
          number
        }
        closures {
          id
          kind
          reason
          stationId
          fromAt
          toAt
        }
      }
    }
  }
`);

export const planSeries = graphql(`
  query PlanSeries($input: PlanSeriesInput!) {
    planSeries(input: $input) {
      __typename
      ... on SeriesPlanned {
        free
        conflicts
        totalMinor
        currency
        rule
        occurrences {
          fromAt
          toAt
          stationId
          because
          priceMinor
          priceLines {
            code
            label
            amountMinor
          }
          conflict {
            message
            alternative {
              stationId
              fromAt
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

export const bookSeries = graphql(`
  mutation BookSeries($input: BookSeriesInput!) {
    bookSeries(input: $input) {
      __typename
      ... on SeriesBooked {
        totalMinor
      }
      ... on Refusal {
        message
      }
    }
  }
`);

export const cancelSeries = graphql(`
  mutation CancelSeries($input: CancelSeriesInput!) {
    cancelSeries(input: $input) {
      __typename
      ... on SeriesCancelled {
        cancelled
        feeMinor
      }
      ... on Refusal {
        message
      }
    }
  }
`);
