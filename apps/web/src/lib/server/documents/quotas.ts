import { graphql } from '../../graphql.ts';
import { packTerms } from './fragments.ts';

export const quotaPage = graphql(
  `
    query QuotaPage($coopId: ID!, $packs: String, $members: String) {
      quotas(coopId: $coopId, first: 100) {
        edges {
          node {
            memberClass
            cellKind
            period
            minutes
          }
        }
      }
      creditPacks(coopId: $coopId, first: 10, after: $packs) {
        edges {
          node {
            ...PackTerms
          }
        }
        pageInfo {
          hasNextPage
          endCursor
        }
      }
      members(coopId: $coopId, first: 20, after: $members) {
        edges {
          node {
            accountId
            displayName
            memberClass
          }
        }
        pageInfo {
          hasNextPage
          endCursor
        }
      }
    }
  `,
  [packTerms],
);

export const setQuotas = graphql(`
  mutation SetQuotas($input: SetQuotasInput!) {
    setQuotas(input: $input) {
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

export const createCreditPack = graphql(`
  mutation CreateCreditPack($input: CreateCreditPackInput!) {
    createCreditPack(input: $input) {
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

export const retireCreditPack = graphql(`
  mutation RetireCreditPack($input: RetireCreditPackInput!) {
    retireCreditPack(input: $input) {
      __typename
      ... on Refusal {
        message
      }
    }
  }
`);

export const setMemberClass = graphql(`
  mutation SetMemberClass($input: SetMemberClassInput!) {
    setMemberClass(input: $input) {
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
