/** How long a tap says that the tag is here, in milliseconds. */
export const TAP_LASTS_MS = 60 * 60_000;

/**
 * What a tap is worth. UNSHOWN: a good code that nobody has shown yet; looking at it does not spend it. FRESH: this
 * session was the first to show it, a moment ago. USED: another session had shown it. STALE: the tag was tapped again
 * since, or the tap is long ago. UNKNOWN_TAG: a tag that is not registered for this piece. BAD_CODE: no code of ours.
 */
export type TapState = 'UNSHOWN' | 'FRESH' | 'USED' | 'STALE' | 'UNKNOWN_TAG' | 'BAD_CODE';

/** A tap whose code is good, and what is known of its tag; times in epoch milliseconds. */
export interface TapAsked {
  readonly counter: number;
  /** The highest counter of the tag that was ever shown; 0 for none. */
  readonly lastCounter: number;
  /** When this very counter was first shown and whether by the session that asks; null when it was not, or long ago. */
  readonly shown: { readonly atMs: number; readonly here: boolean } | null;
  readonly nowMs: number;
}

/** Judges a tap whose MAC is right; it changes nothing. */
export function judgeTap({ counter, lastCounter, shown, nowMs }: TapAsked): TapState {
  if (shown !== null && !shown.here) return 'USED';
  if (counter < lastCounter) return 'STALE';
  // What was shown so long ago that its session was forgotten.
  if (shown === null) return counter === lastCounter ? 'USED' : 'UNSHOWN';
  return nowMs - shown.atMs < TAP_LASTS_MS ? 'FRESH' : 'STALE';
}

const minuteOf = (ms: number): string => `${new Date(ms).toISOString().slice(0, 16).replace('T', ' ')} UTC`;

/** Says to people what a tap is worth; `shownAtMs` is when its code, or a newer one, was shown. */
export function tapWords(state: TapState, shownAtMs: number | null): string {
  const at = shownAtMs === null ? '' : `, at ${minuteOf(shownAtMs)}`;
  switch (state) {
    case 'UNSHOWN':
      return 'A tag was read. Check it to see whether its code was shown before.';
    case 'FRESH':
      return `The tag of this piece was tapped${at}, and nobody had shown its code before. The tag is here; whose the piece is, a tap does not say.`;
    case 'USED':
      return `This code of the tag was shown before${at}, so it may be a copied link. Tap the tag itself again.`;
    case 'STALE':
      return `The tag was tapped${at}, and this code is no longer its newest or too old to say anything. Tap the tag again.`;
    case 'UNKNOWN_TAG':
      return 'The tag that was read is not registered for this piece. Compare the number on the piece with the one above.';
    case 'BAD_CODE':
      return 'This is no code of a tag of this co-op: the link was changed or made up. Tap the tag itself.';
    default:
      return state satisfies never;
  }
}
