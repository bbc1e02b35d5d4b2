import { graphql } from '../../graphql.ts';

export const workshopSettings = graphql(`
  query WorkshopSettings($coopId: ID!, $id: ID!) {
    workshop(coopId: $coopId, id: $id) {
      openingHours {
        weekday
        fromMinute
        toMinute
      }
      closures {
        id
        kind
        reason
        cellId
        stationId
        fromAt
        toAt
      }
      cells {
        id
        name
        stations {
          id
          number
        }
        ownHours {
          stationId
          weekday
          fromMinute
          toMinute
        }
        closures {
          id
          kind
          reason
          cellId
          stationId
          fromAt
          toAt
        }
      }
    }
  }
`);

export const setOpeningHours = graphql(`
  mutation SetOpeningHours($input: SetOpeningHoursInput!) {
    setOpeningHours(input: $input) {
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

export const setOwnHours = graphql(`
  mutation SetOwnHours($input: SetOwnHoursInput!) {
    setOwnHours(input: $input) {
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

export const addClosure = graphql(`
  mutation AddClosure($input: AddClosureInput!) {
    addClosure(input: $input) {
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

export const addHolidays = graphql(`
  mutation AddHolidays($input: AddHolidaysInput!) {
    addHolidays(input: $input) {
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

export const removeClosure = graphql(`
  mutation RemoveClosure($input: RemoveClosureInput!) {
    removeClosure(input: $input) {
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
