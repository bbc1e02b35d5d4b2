import { graphql } from '../../graphql.ts';

export const inductionPage = graphql(`
  query InductionPage($coopId: ID!, $accountId: ID, $after: String) {
    inductionRequirements(coopId: $coopId) {
      cellKind
      howToGet
    }
    inductions(coopId: $coopId, accountId: $accountId, first: 20, after: $after) {
      edges {
        node {
          id
          accountId
          memberName
          cellKind
          validFrom
          validUntil
          givenAt
          givenByName
          revokedAt
        }
      }
      pageInfo {
        hasNextPage
        endCursor
      }
    }
  }
`);

export const setInductionRequirement = graphql(`
  mutation SetInductionRequirement($input: SetInductionRequirementInput!) {
    setInductionRequirement(input: $input) {
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

export const giveInduction = graphql(`
  mutation GiveInduction($input: GiveInductionInput!) {
    giveInduction(input: $input) {
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

export const revokeInduction = graphql(`
  mutation RevokeInduction($input: RevokeInductionInput!) {
    revokeInduction(input: $input) {
      __typename
      ... on Refusal {
        message
      }
    }
  }
`);
