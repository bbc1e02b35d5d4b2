/** From so many networks in one day on, one piece is looked at unusually often. */
export const MANY_NETWORKS_A_DAY = 30;
/** For so long after it was last seen, an odd pattern is told to who looks at the piece; milliseconds. */
export const NOTICE_LASTS_MS = 7 * 86_400_000;

/**
 * An odd pattern of one piece. PLACES_AT_ONCE: opened in two regions within one hour. MANY_NETWORKS: from unusually many
 * networks in a day. CODE_SHOWN_AGAIN: one code of its tag was shown by several people. WRONG_CODES: codes that no tag made.
 */
export type ScanPattern = 'PLACES_AT_ONCE' | 'MANY_NETWORKS' | 'CODE_SHOWN_AGAIN' | 'WRONG_CODES';

/**
 * From how many sightings in one day on a pattern is told to anybody: a person with two browsers shows a code again, and a
 * cut link is a wrong code.
 */
export const TOLD_FROM: Readonly<Record<ScanPattern, number>> = {
  PLACES_AT_ONCE: 1,
  MANY_NETWORKS: 1,
  CODE_SHOWN_AGAIN: 3,
  WRONG_CODES: 5,
};

/** How one piece was opened: the regions of the hour at hand, and the networks of the day at hand. */
export interface ScansSeen {
  readonly regionsThisHour: readonly string[];
  readonly networksToday: number;
}

/** Finds what is odd about how a piece was opened. */
export function oddScans({ regionsThisHour, networksToday }: ScansSeen): ScanPattern[] {
  return [
    ...(new Set(regionsThisHour).size > 1 ? (['PLACES_AT_ONCE'] as const) : []),
    ...(networksToday >= MANY_NETWORKS_A_DAY ? (['MANY_NETWORKS'] as const) : []),
  ];
}

const GENERAL: Readonly<Record<ScanPattern, string>> = {
  PLACES_AT_ONCE: 'was opened in places too far apart for one piece',
  MANY_NETWORKS: 'was opened unusually often',
  CODE_SHOWN_AGAIN: 'was opened with a code of its tag that had been shown before',
  WRONG_CODES: 'was opened with codes that its tag did not make',
};

/** What the next person is told, in general words; null when nothing is odd. */
export function noticeOf(patterns: readonly ScanPattern[]): string | null {
  const told = [...new Set(patterns)].sort().map((pattern) => GENERAL[pattern]);
  if (told.length === 0) return null;
  return (
    `Lately the link of this piece ${told.join(', and ')}. A link can be passed on and a printed code be copied, so this ` +
    'need not mean anything; but look closely at the object itself before you pay for it.'
  );
}

/** One odd pattern of a piece and day, with what was counted. */
export interface ScanAnomalySeen {
  readonly pattern: ScanPattern;
  readonly times: number;
  readonly networks: number;
  readonly regions: readonly string[];
}

/** What the co-op is told, with the figures. */
export function detailsOf({ pattern, times, networks, regions }: ScanAnomalySeen): string {
  switch (pattern) {
    case 'PLACES_AT_ONCE':
      return `Opened within one hour in ${regions.length} regions: ${regions.join(', ')}.`;
    case 'MANY_NETWORKS':
      return `Opened from ${networks} networks in one day; from ${MANY_NETWORKS_A_DAY} on it is listed here.`;
    case 'CODE_SHOWN_AGAIN':
      return `Codes of its tag were shown ${times} times by somebody who was not the first to show them.`;
    case 'WRONG_CODES':
      return `Codes that no tag of this piece made were shown ${times} times.`;
    default:
      return pattern satisfies never;
  }
}
