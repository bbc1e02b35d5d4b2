import { graphql } from '../../graphql.ts';

export const operatorDay = graphql(`
  query OperatorDay($coopId: ID!, $workshopId: ID!, $date: String!) {
    operatorDay(coopId: $coopId, workshopId: $workshopId, date: $date) {
      title
      runId
      booking {
        id
        state
        origin
        fromAt
        toAt
        checkedInAt
        checkedOutAt
        cell {
          name
        }
        station {
          id
          number
        }
      }
    }
  }
`);

export const runList = graphql(`
  query RunList($coopId: ID!) {
    runs(coopId: $coopId, first: 10) {
      edges {
        node {
          id
          quantity
          lockedAt
          finishedAt
          edition {
            size
            work {
              title
            }
          }
          lots {
            number
            quantity
            plannedAt
          }
        }
      }
    }
  }
`);

export const runPage = graphql(`
  query RunPage($coopId: ID!, $id: ID!, $after: String) {
    run(coopId: $coopId, id: $id) {
      id
      quantity
      lockedAt
      finishedAt
      photos {
        id
        unitId
        sha256
        caption
        publishedAt
        takenDownAt
        takenDownWhy
      }
      edition {
        size
        work {
          title
        }
      }
      lots {
        number
        quantity
        plannedAt
        operations {
          id
          position
          name
          minutes
          bookings {
            id
            fromAt
            toAt
            checkedInAt
            checkedOutAt
            cell {
              name
            }
            station {
              number
            }
          }
        }
      }
      units(first: 50, after: $after) {
        edges {
          node {
            id
            serial
            state
            lotNumber
            orderId
            quality {
              outcome
              remedy
              note
              recordedAt
            }
          }
        }
        pageInfo {
          hasNextPage
          endCursor
        }
      }
    }
  }
`);

export const checkIn = graphql(`
  mutation CheckIn($input: CheckInInput!) {
    checkIn(input: $input) {
      __typename
      ... on Refusal {
        message
      }
    }
  }
`);

export const checkOut = graphql(`
  mutation CheckOut($input: CheckOutInput!) {
    checkOut(input: $input) {
      __typename
      ... on Refusal {
        message
      }
    }
  }
`);

export const recordQuality = graphql(`
  mutation RecordQuality($input: RecordQualityInput!) {
    recordQuality(input: $input) {
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

export const handOver = graphql(`
  mutation HandOver($input: HandOverInput!) {
    handOver(input: $input) {
      __typename
      ... on Refusal {
        message
      }
    }
  }
`);

export const removePhoto = graphql(`
  mutation RemovePhoto($input: RemovePhotoInput!) {
    removePhoto(input: $input) {
      __typename
      ... on Refusal {
        message
      }
    }
  }
`);

export const takeDownPhoto = graphql(`
  mutation TakeDownPhoto($input: TakeDownPhotoInput!) {
    takeDownPhoto(input: $input) {
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
