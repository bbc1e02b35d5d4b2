import { graphql } from '../../graphql.ts';

export const creditPage = graphql(`
  query CreditPage($coopId: ID!) {
    myCredit(coopId: $coopId) {
      accountId
      printedName
      pseudonym
      prints
      certificates
      permanence
    }
  }
`);

export const setCredit = graphql(`
  mutation SetCredit($input: SetCreditInput!) {
    setCredit(input: $input) {
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

export const eraseCredit = graphql(`
  mutation EraseCredit($input: EraseCreditInput!) {
    eraseCredit(input: $input) {
      __typename
      ... on Refusal {
        message
      }
      ... on CreditErased {
        certificates
      }
    }
  }
`);
