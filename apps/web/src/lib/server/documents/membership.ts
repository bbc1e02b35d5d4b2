import { graphql } from '../../graphql.ts';

export const whoIsThere = graphql(`
  query WhoIsThere {
    me {
      accountId
      displayName
      email
      memberships {
        coop {
          id
          slug
          name
        }
        roles
      }
    }
  }
`);

export const coopList = graphql(`
  query CoopList($after: String) {
    coops(first: 50, after: $after) {
      edges {
        node {
          id
          slug
          name
        }
      }
      pageInfo {
        hasNextPage
        endCursor
      }
    }
  }
`);

export const coopBySlug = graphql(`
  query CoopBySlug($slug: String!) {
    coop(slug: $slug) {
      id
      slug
      name
      currency
      domain
      holdLimit
    }
  }
`);

/** The members of a co-op by name, a hundred at a time, for forms that name one of them. */
export const memberNames = graphql(`
  query MemberNames($coopId: ID!, $after: String) {
    members(coopId: $coopId, first: 100, after: $after) {
      edges {
        node {
          accountId
          displayName
        }
      }
      pageInfo {
        hasNextPage
        endCursor
      }
    }
  }
`);

export const signIn = graphql(`
  mutation SignIn($input: SignInInput!) {
    signIn(input: $input) {
      __typename
      ... on SignedIn {
        accessToken
        expiresAt
      }
      ... on Refusal {
        message
      }
    }
  }
`);

export const requestSignInCode = graphql(`
  mutation RequestSignInCode($input: RequestSignInCodeInput!) {
    requestSignInCode(input: $input) {
      __typename
      ... on SignInCodeSent {
        challenge
      }
      ... on Refusal {
        message
      }
    }
  }
`);

export const signInWithCode = graphql(`
  mutation SignInWithCode($input: SignInWithCodeInput!) {
    signInWithCode(input: $input) {
      __typename
      ... on SignedIn {
        accessToken
        expiresAt
      }
      ... on Refusal {
        message
      }
    }
  }
`);

export const signOut = graphql(`
  mutation SignOut {
    signOut {
      __typename
    }
  }
`);

export const signOutEverywhere = graphql(`
  mutation SignOutEverywhere {
    signOutEverywhere {
      __typename
    }
  }
`);

export const requestPasswordReset = graphql(`
  mutation RequestPasswordReset($input: RequestPasswordResetInput!) {
    requestPasswordReset(input: $input) {
      message
    }
  }
`);

export const resetPassword = graphql(`
  mutation ResetPassword($input: ResetPasswordInput!) {
    resetPassword(input: $input) {
      __typename
      ... on Refusal {
        message
      }
    }
  }
`);

export const acceptInvitation = graphql(`
  mutation AcceptInvitation($input: AcceptInvitationInput!) {
    acceptInvitation(input: $input) {
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

export const liveTicket = graphql(`
  mutation LiveTicket {
    liveTicket {
      __typename
      ... on LiveTicketIssued {
        ticket
      }
      ... on Refusal {
        message
      }
    }
  }
`);
