import { graphql } from '../../graphql.ts';

export const changeoversOfCell = graphql(`
  query ChangeoversOfCell($coopId: ID!, $cellId: ID!) {
    changeovers(coopId: $coopId, cellId: $cellId) {
      families
      defaultFamily
      rows {
        from
        to
        minutes
        costMinor
      }
      inForce {
        from
        to
        minutes
        costMinor
      }
    }
  }
`);

export const setChangeovers = graphql(`
  mutation SetChangeovers($input: SetChangeoversInput!) {
    setChangeovers(input: $input) {
      __typename
      ... on ChangeoversSet {
        misfits {
          neededMinutes
          haveMinutes
          before {
            id
            toAt
            family
          }
          after {
            id
            fromAt
            family
            station {
              number
            }
          }
        }
      }
      ... on Refusal {
        message
      }
      ... on InputRefused {
        field
      }
    }
  }
`);
