interface CoopPage {
  /** The address below that of the co-op. */
  readonly path: string;
  readonly name: string;
  readonly says: string;
  /** Who may see it; everybody in the co-op when left out. */
  readonly roles?: readonly string[];
}

/** The pages of a co-op that the masthead has no room for, in the order in which they are shown. */
export const coopPages: readonly CoopPage[] = [
  {
    path: 'rounds',
    name: 'Rounds',
    says: 'Scarce machine time, given out at once by a draw that anybody can check.',
  },
  {
    path: 'allowance',
    name: 'Hours and credits',
    says: 'What you may still book this week and month, and hours bought ahead.',
  },
  {
    path: 'credit',
    name: 'Your credit',
    says: 'How you are named on the certificates of what you make.',
  },
  {
    path: 'series',
    name: 'Series',
    says: 'The same time every week, or by a rule: what is free is told first, then all of it is booked at once.',
  },
  {
    path: 'feeds',
    name: 'Calendar feeds',
    says: 'Private addresses that show bookings in a calendar elsewhere.',
  },
  {
    path: 'inductions',
    name: 'Inductions',
    says: 'Which machines need one, how to get it, and who has it.',
  },
  {
    path: 'policy',
    name: 'Booking rules',
    says: 'What cancelling, staying away and working longer than booked cost.',
  },
  { path: 'utilisation', name: 'Utilisation', says: 'How full each cell is, by hour of the week.' },
  {
    path: 'reclaim',
    name: 'Time that peers have',
    says: 'Machine time that orders of peers took, and until when members may take it back.',
  },
  {
    path: 'exchange',
    name: 'Trade with peers',
    says: 'Work done for others and by others, and what is offered to them.',
    roles: ['OPERATOR', 'TREASURER', 'ADMIN'],
  },
  {
    path: 'prices',
    name: 'Prices',
    says: 'What machine time costs when, and what a change would have meant for the past quarter.',
    roles: ['TREASURER', 'ADMIN'],
  },
  {
    path: 'quotas',
    name: 'Quotas and packs',
    says: 'How many hours a class of members may book, and the hours that are sold ahead.',
    roles: ['TREASURER', 'ADMIN'],
  },
  {
    path: 'editions',
    name: 'Editions on chain',
    says: 'How far each edition has come, its certificates, and how they are replaced and withdrawn.',
    roles: ['OPERATOR', 'ADMIN'],
  },
  {
    path: 'keys',
    name: 'Keys',
    says: 'The keys that sign for the co-op, since when, and how they are changed.',
    roles: ['OPERATOR', 'ADMIN'],
  },
  {
    path: 'scans',
    name: 'Odd scans',
    says: 'Pieces whose code or tag was used as one piece alone hardly is.',
    roles: ['OPERATOR', 'ADMIN'],
  },
  {
    path: 'workshops',
    name: 'Hours and closures',
    says: 'When the workshop, a cell or a single station is open, and what closes it.',
    roles: ['OPERATOR', 'ADMIN'],
  },
  {
    path: 'changeovers',
    name: 'Changeovers',
    says: 'What it takes to set a station up for another ink, material or die.',
    roles: ['OPERATOR', 'ADMIN'],
  },
];
