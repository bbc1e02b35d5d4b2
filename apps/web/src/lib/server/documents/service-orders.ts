import { graphql } from '../../graphql.ts';

const orderRow = graphql(`
  fragment OrderRow on ServiceOrder @_unmask {
    id
    buyerName
    units
    priceMinor
    refundedMinor
    currency
    state
    acceptedAt
    promisedAt
    provider {
      slug
      name
    }
    offer {
      title
    }
  }
`);

export const coopTrade = graphql(
  `
    query CoopTrade($coopId: ID!, $sold: String, $bought: String, $offers: String) {
      sold: serviceOrders(coopId: $coopId, side: SOLD, first: 10, after: $sold) {
        edges {
          node {
            ...OrderRow
          }
        }
        pageInfo {
          hasNextPage
          endCursor
        }
      }
      bought: serviceOrders(coopId: $coopId, side: BOUGHT, first: 10, after: $bought) {
        edges {
          node {
            ...OrderRow
          }
        }
        pageInfo {
          hasNextPage
          endCursor
        }
      }
      offers(providerId: $coopId, first: 10, after: $offers) {
        edges {
          node {
            id
            title
            version
            kindsOfWork
            publishedAt
            measured {
              orders
            }
          }
        }
        pageInfo {
          hasNextPage
          endCursor
        }
      }
      workshops(coopId: $coopId, first: 1) {
        edges {
          node {
            timeZone
          }
        }
      }
    }
  `,
  [orderRow],
);

export const serviceOrder = graphql(
  `
    query ServiceOrderPage($providerId: ID!, $coopId: ID, $id: ID!, $after: String) {
      serviceOrder(providerId: $providerId, coopId: $coopId, id: $id) {
        ...OrderRow
        coopId
        readyAt
        passed
        failed
        history {
          number
          state
          at
        }
        quote {
          input
          priceLines {
            label
            amountMinor
          }
        }
        bookings {
          id
          state
          fromAt
          toAt
          cell {
            name
          }
          station {
            number
          }
        }
        offer {
          id
          refund {
            reclaimPercent
            cancelTiers {
              noticeHours
              percentBack
            }
          }
        }
        messages(first: 20, after: $after) {
          edges {
            node {
              id
              side
              text
              links
              sentAt
            }
          }
          pageInfo {
            hasNextPage
            endCursor
          }
        }
      }
      workshops(coopId: $providerId, first: 1) {
        edges {
          node {
            timeZone
          }
        }
      }
    }
  `,
  [orderRow],
);

export const advanceServiceOrder = graphql(`
  mutation AdvanceServiceOrder($input: AdvanceServiceOrderInput!) {
    advanceServiceOrder(input: $input) {
      __typename
      ... on Refusal {
        message
      }
    }
  }
`);

export const recordServiceQuality = graphql(`
  mutation RecordServiceQuality($input: RecordServiceQualityInput!) {
    recordServiceQuality(input: $input) {
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

export const sendServiceMessage = graphql(`
  mutation SendServiceMessage($input: SendServiceMessageInput!) {
    sendServiceMessage(input: $input) {
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

export const cancelServiceOrder = graphql(`
  mutation CancelServiceOrder($input: CancelServiceOrderInput!) {
    cancelServiceOrder(input: $input) {
      __typename
      ... on Refusal {
        message
      }
    }
  }
`);
