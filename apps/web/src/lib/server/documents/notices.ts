import { graphql } from '../../graphql.ts';

export const unreadNotices = graphql(`
  query UnreadNotices {
    myNotices(first: 1) {
      unread
    }
  }
`);

export const noticeList = graphql(`
  query NoticeList($after: String) {
    myNotices(first: 20, after: $after) {
      unread
      edges {
        node {
          id
          title
          body
          link
          createdAt
          readAt
          coop {
            name
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

export const readNotices = graphql(`
  mutation ReadNotices($input: ReadNoticesInput!) {
    readNotices(input: $input) {
      __typename
      ... on Refusal {
        message
      }
    }
  }
`);

export const feedList = graphql(`
  query FeedList {
    myFeeds {
      id
      coopId
      stationId
      createdAt
      rotatedAt
    }
  }
`);

export const createFeed = graphql(`
  mutation CreateFeed($input: CreateFeedInput!) {
    createFeed(input: $input) {
      __typename
      ... on FeedCreated {
        url
      }
      ... on Refusal {
        message
      }
    }
  }
`);

export const rotateFeed = graphql(`
  mutation RotateFeed($input: RotateFeedInput!) {
    rotateFeed(input: $input) {
      __typename
      ... on FeedRotated {
        url
      }
      ... on Refusal {
        message
      }
    }
  }
`);

export const revokeFeed = graphql(`
  mutation RevokeFeed($input: RevokeFeedInput!) {
    revokeFeed(input: $input) {
      __typename
      ... on Refusal {
        message
      }
    }
  }
`);
