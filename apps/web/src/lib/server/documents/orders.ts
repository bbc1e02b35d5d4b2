import { graphql } from '../../graphql.ts';

export const coopDrops = graphql(`
  query CoopDrops($coopId: ID!) {
    drops(coopId: $coopId, first: 30) {
      edges {
        node {
          id
          state
          size
          unitsLeft
          unitsOrdered
          closesAt
          edition {
            unitPriceMinor
            currency
            made
            gtin
            work {
              title
              materials
            }
          }
        }
      }
    }
    workshops(coopId: $coopId, first: 1) {
      edges {
        node {
          name
          address
          timeZone
        }
      }
    }
  }
`);

export const dropPage = graphql(`
  query DropPage($coopId: ID!, $id: ID!) {
    drop(coopId: $coopId, id: $id) {
      id
      state
      size
      minimumUnits
      unitsLeft
      unitsOrdered
      openedAt
      closesAt
      closedAt
      edition {
        id
        gtin
        made
        unitPriceMinor
        currency
        work {
          title
          description
          materials
          recipe {
            position
            name
            cellKind
          }
        }
      }
    }
    workshops(coopId: $coopId, first: 1) {
      edges {
        node {
          name
          timeZone
        }
      }
    }
  }
`);

export const placeOrder = graphql(`
  mutation PlaceOrder($input: PlaceOrderInput!) {
    placeOrder(input: $input) {
      __typename
      ... on OrderPlaced {
        order {
          id
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

export const myOrders = graphql(`
  query MyOrders($after: String) {
    myOrders(first: 20, after: $after) {
      edges {
        node {
          id
          state
          quantity
          unitPriceMinor
          amountMinor
          refundedMinor
          currency
          placedAt
          payBy
          handedOverAt
          units {
            state
            serial
            gtin
            certificateId
          }
          drop {
            id
            state
            size
            closesAt
            coop {
              slug
              name
            }
            edition {
              work {
                title
              }
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
