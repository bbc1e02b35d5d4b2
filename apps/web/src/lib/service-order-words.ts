/** How the states of a service order are called on a page. */
export const stateWords = {
  ACCEPTED: 'accepted',
  IN_PRODUCTION: 'in production',
  QUALITY: 'in quality check',
  READY: 'ready',
  HANDED_OVER: 'handed over',
  RECLAIMED: 'taken back by home members',
  CANCELLED: 'cancelled by the buyer',
  REFUNDED: 'refunded by the provider',
} as const;

export type ServiceState = keyof typeof stateWords;

const WAY = ['ACCEPTED', 'IN_PRODUCTION', 'QUALITY', 'READY', 'HANDED_OVER'] as const;

/** The states that are still to come on the ordinary way; none once it has ended. */
export function statesAhead(state: ServiceState): ServiceState[] {
  const at = WAY.findIndex((each) => each === state);
  return at === -1 ? [] : WAY.slice(at + 1);
}

/** What the button says that takes an order to its next state. */
export const advanceWords: Readonly<Partial<Record<ServiceState, string>>> = {
  IN_PRODUCTION: 'Begin production',
  QUALITY: 'Begin the quality check',
  READY: 'It is ready',
  HANDED_OVER: 'Hand it over',
};
