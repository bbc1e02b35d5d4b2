import type { VerdictWord } from './Cartouche.svelte';

/** What each verdict means, to somebody who has never seen one. */
export const verdictMeaning: Readonly<Record<VerdictWord, string>> = {
  GENUINE: 'The co-op issued this certificate and it stands on chain.',
  PROVISIONAL: 'Signed, but it does not count on chain yet. This is not proof yet: look again later.',
  WITHDRAWN: 'The co-op issued this and then took it back.',
  SUPERSEDED: 'This certificate was replaced by a newer one for the same piece.',
  NOT_GENUINE: 'This does not hold. Do not rely on it.',
  UNDETERMINED: 'It could not be decided just now. That says nothing against the piece.',
};

/** What is known of how many there are: a number is final once the edition is closed on chain. */
export function madeWords({ made, finalSize }: { made: number; finalSize: number | null }): string {
  return finalSize === null ? `${String(made)} made so far` : `final: ${String(finalSize)} made`;
}
