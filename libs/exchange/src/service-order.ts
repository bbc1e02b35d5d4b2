/** Where a service order stands. */
export const SERVICE_STATES = [
  'accepted',
  'in_production',
  'quality',
  'ready',
  'handed_over',
  'reclaimed',
  'cancelled',
  'refunded',
] as const;
export type ServiceState = (typeof SERVICE_STATES)[number];

const NEXT: Readonly<Partial<Record<ServiceState, ServiceState>>> = {
  accepted: 'in_production',
  in_production: 'quality',
  quality: 'ready',
  ready: 'handed_over',
};

/** The states in which an order still needs its stations. */
export const LIVE_STATES: readonly ServiceState[] = ['accepted', 'in_production', 'quality'];

export type AdvanceDecision =
  | { readonly kind: 'AdvanceAllowed' }
  | { readonly kind: 'NotAllowed'; readonly next: ServiceState | null; readonly message: string };

const words = (state: ServiceState): string => state.replace('_', ' ');

/** Decides whether an order goes from `state` to `to`: one step at a time, and ready only once its quality is recorded. */
export function decideAdvance(
  state: ServiceState,
  to: ServiceState,
  qualityRecorded: boolean,
): AdvanceDecision {
  const next = NEXT[state] ?? null;
  if (next !== to) {
    const go = next === null ? 'It goes no further.' : `The next state is ${words(next)}.`;
    return {
      kind: 'NotAllowed',
      next,
      message: `The order is ${words(state)} and cannot become ${words(to)}. ${go}`,
    };
  }
  if (to !== 'ready' || qualityRecorded) return { kind: 'AdvanceAllowed' };
  const message = 'The quality of this order is not recorded. Record it first, then say that it is ready.';
  return { kind: 'NotAllowed', next, message };
}

export type ServiceQualityDecision =
  | { readonly kind: 'QualityAllowed' }
  | {
      readonly kind: 'QualityRefused';
      readonly field: 'state' | 'passed' | 'failed';
      readonly message: string;
    };

/** Decides whether an inspection of a whole batch can be recorded: in state quality, once, every unit counted. */
export function decideServiceQuality(
  order: { readonly state: ServiceState; readonly units: number; readonly recorded: boolean },
  { passed, failed }: { readonly passed: number; readonly failed: number },
): ServiceQualityDecision {
  const refuse = (field: 'state' | 'passed' | 'failed', message: string): ServiceQualityDecision => ({
    ...{ kind: 'QualityRefused', field, message },
  });
  if (order.recorded)
    return refuse('state', 'The quality of this order is recorded already. It is never changed.');
  if (order.state !== 'quality')
    return refuse('state', `The order is ${words(order.state)}. Quality is recorded in state quality.`);
  if (!Number.isSafeInteger(passed) || passed < 0)
    return refuse('passed', `passed was ${passed}; give a whole number of 0 or more.`);
  if (!Number.isSafeInteger(failed) || failed < 0 || passed + failed !== order.units)
    return refuse(
      'failed',
      `${passed} passed and ${failed} failed are not the ${order.units} units of the order.`,
    );
  return { kind: 'QualityAllowed' };
}

export type EndDecision =
  { readonly kind: 'EndAllowed' } | { readonly kind: 'TooLate'; readonly message: string };

/** Decides whether a side may call an order off: the buyer until work begins, the provider until the hand-over. */
export function decideCallOff(state: ServiceState, side: 'buyer' | 'provider', begun: boolean): EndDecision {
  const open = side === 'buyer' ? state === 'accepted' && !begun : [...LIVE_STATES, 'ready'].includes(state);
  if (open) return { kind: 'EndAllowed' };
  const message =
    side === 'buyer' && LIVE_STATES.includes(state)
      ? 'Work on this order has begun. Write to the provider, who can still call it off.'
      : `The order is ${words(state)}. Nothing is left to cancel.`;
  return { kind: 'TooLate', message };
}
