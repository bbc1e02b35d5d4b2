import { graphql } from '../../graphql.ts';

export const oddScans = graphql(`
  query OddScans($coopId: ID!, $after: String) {
    scanAnomalies(coopId: $coopId, first: 20, after: $after) {
      edges {
        node {
          id
          serial
          pattern
          times
          networks
          regions
          firstAt
          lastAt
          edition {
            id
            gtin
            work {
              title
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
