import { graphql } from '../../graphql.ts';

export const cellChoices = graphql(`
  query CellChoices($coopId: ID!) {
    workshops(coopId: $coopId, first: 20) {
      edges {
        node {
          id
          name
          timeZone
          cells {
            id
            name
            kind
            families
            stations {
              id
              number
            }
          }
        }
      }
    }
  }
`);

const roundFacts = graphql(`
  fragment RoundFacts on Round @_unmask {
    id
    cellId
    state
    cap
    openedAt
    deadlineAt
    drawnAt
    requestCount
    youMayCallOff
    yours {
      pseudonym
      first
      second
      pastWins
    }
    slots {
      number
      stationId
      fromAt
      toAt
      wonBy
      choice
      yours
      bookingId
    }
  }
`);

export const roundList = graphql(
  `
    query RoundList($coopId: ID!, $after: String) {
      rounds(coopId: $coopId, first: 10, after: $after) {
        edges {
          node {
            ...RoundFacts
          }
        }
        pageInfo {
          hasNextPage
          endCursor
        }
      }
    }
  `,
  [roundFacts],
);

export const roundPage = graphql(
  `
    query RoundPage($coopId: ID!, $id: ID!, $after: String) {
      round(coopId: $coopId, id: $id) {
        ...RoundFacts
        commitment
        requestsDigest
        secret
        seed
        block {
          chainId
          number
          hash
          time
        }
      }
      roundRequests(coopId: $coopId, roundId: $id, first: 50, after: $after) {
        edges {
          node {
            pseudonym
            yours
            first
            second
            pastWins
            beyondQuota
          }
        }
        pageInfo {
          hasNextPage
          endCursor
        }
      }
    }
  `,
  [roundFacts],
);

export const openRound = graphql(`
  mutation OpenRound($input: OpenRoundInput!) {
    openRound(input: $input) {
      __typename
      ... on RoundOpened {
        round {
          id
        }
      }
      ... on Refusal {
        message
      }
      ... on InputRefused {
        field
      }
      ... on RoundSlotRefused {
        slot
      }
    }
  }
`);

export const requestSlots = graphql(`
  mutation RequestSlots($input: RequestSlotsInput!) {
    requestSlots(input: $input) {
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

export const withdrawSlotRequest = graphql(`
  mutation WithdrawSlotRequest($input: WithdrawSlotRequestInput!) {
    withdrawSlotRequest(input: $input) {
      __typename
      ... on Refusal {
        message
      }
    }
  }
`);

export const callOffRound = graphql(`
  mutation CallOffRound($input: CallOffRoundInput!) {
    callOffRound(input: $input) {
      __typename
      ... on Refusal {
        message
      }
    }
  }
`);
