import { graphql } from '../../graphql.ts';

const offerTerms = graphql(`
  fragment OfferTerms on Offer @_unmask {
    id
    coopId
    version
    title
    kindsOfWork
    materials
    leadTime
    leadHours
    firmHours
    currency
    publishedAt
    withdrawnAt
    inputSchema
    provider {
      id
      slug
      name
    }
    steps {
      cellKind
      family
      minutesPerBatch
      minutesPerUnit
      atPeerRate
    }
    prices {
      fromUnits
      setupMinor
      unitMinor
    }
    windows {
      weekday
      fromMinute
      toMinute
    }
    refund {
      reclaimPercent
      cancelTiers {
        noticeHours
        percentBack
      }
    }
    measured {
      orders
      leadP50Minutes
      leadP90Minutes
      qualityPerMille
      inspectedOrders
      inspectedUnits
      passedUnits
    }
  }
`);

export const offerList = graphql(
  `
    query OfferList($kindOfWork: String, $after: String) {
      offers(kindOfWork: $kindOfWork, first: 20, after: $after) {
        edges {
          node {
            ...OfferTerms
          }
        }
        pageInfo {
          hasNextPage
          endCursor
        }
      }
    }
  `,
  [offerTerms],
);

export const offerPage = graphql(
  `
    query OfferPage($coopId: ID!, $id: ID!) {
      offer(coopId: $coopId, id: $id) {
        ...OfferTerms
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
  [offerTerms],
);

export const serviceQuote = graphql(`
  query ServiceQuote($providerId: ID!, $coopId: ID, $id: ID!) {
    serviceQuote(providerId: $providerId, coopId: $coopId, id: $id) {
      id
      units
      input
      currency
      priceMinor
      priceLines {
        code
        label
        units
        amountMinor
      }
      promisedAt
      validUntil
      wantedBy
      offer {
        id
        version
      }
    }
  }
`);

export const requestQuote = graphql(`
  mutation RequestQuote($input: RequestQuoteInput!) {
    requestQuote(input: $input) {
      __typename
      ... on QuoteMade {
        quote {
          id
        }
      }
      ... on Refusal {
        message
      }
      ... on InputRefused {
        field
      }
      ... on ContractBroken {
        problems
      }
    }
  }
`);

export const acceptQuote = graphql(`
  mutation AcceptQuote($input: AcceptQuoteInput!) {
    acceptQuote(input: $input) {
      __typename
      ... on QuoteAccepted {
        order {
          id
        }
      }
      ... on Refusal {
        message
      }
      ... on PromiseLost {
        promisedAt
      }
    }
  }
`);

export const publishOffer = graphql(`
  mutation PublishOffer($input: PublishOfferInput!) {
    publishOffer(input: $input) {
      __typename
      ... on OfferPublished {
        offer {
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

export const reviseOffer = graphql(`
  mutation ReviseOffer($input: ReviseOfferInput!) {
    reviseOffer(input: $input) {
      __typename
      ... on OfferRevised {
        offer {
          id
          version
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

export const withdrawOffer = graphql(`
  mutation WithdrawOffer($input: WithdrawOfferInput!) {
    withdrawOffer(input: $input) {
      __typename
      ... on Refusal {
        message
      }
    }
  }
`);
