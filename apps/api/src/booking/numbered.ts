import type { Sequenced } from './booking.types.js';

/**
 * Gives an outcome the number of its event, which arrives along with the commit. Nobody waits for it inside the
 * transaction, and a statement that failed fails the commit.
 */
export function numbered(outcome: Sequenced, sequence: Promise<string>): void {
  outcome.arriving = sequence.then(
    (number) => {
      outcome.sequence = number;
    },
    () => undefined,
  );
}
