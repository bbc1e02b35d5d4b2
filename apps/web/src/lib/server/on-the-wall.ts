import { instantWords } from '#lib/time.ts';

const INSTANT = /\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?Z/g;

/** A message of the API with its instants as the clocks of a place show them. */
export const onTheWall = <Outcome extends { readonly message: string }>(
  zone: string,
  outcome: Outcome,
): Outcome => ({
  ...outcome,
  message: outcome.message.replaceAll(
    INSTANT,
    (at) => `${instantWords(zone, Date.parse(at))} ${zone.replaceAll('_', ' ')}`,
  ),
});
