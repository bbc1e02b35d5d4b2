import { graphql } from '../../graphql.ts';

/** A booking as the lists of stations out of service and of taken back windows show it. */
export const bookedStretch = graphql(`
  fragment BookedStretch on Booking @_unmask {
    id
    fromAt
    toAt
    cell {
      name
    }
    station {
      number
    }
  }
`);

export const packTerms = graphql(`
  fragment PackTerms on CreditPack @_unmask {
    id
    name
    cellKind
    minutes
    priceMinor
    currency
    validDays
    retiredAt
  }
`);
