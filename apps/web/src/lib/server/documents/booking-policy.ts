import { graphql } from '../../graphql.ts';

export const policyPage = graphql(`
  query PolicyPage($coopId: ID!) {
    bookingPolicy(coopId: $coopId) {
      cancelTiers {
        noticeHours
        feePercent
      }
      noShowPercent
      noShowAfterMinutes
      actualMinutes
      waitingAnswerMinutes
    }
  }
`);

export const setBookingPolicy = graphql(`
  mutation SetBookingPolicy($input: SetBookingPolicyInput!) {
    setBookingPolicy(input: $input) {
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
