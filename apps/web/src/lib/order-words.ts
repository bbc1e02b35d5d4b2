interface Words {
  readonly state: string;
  readonly next: string;
  /** What the sum is. */
  readonly sum: string;
}

const words = {
  AWAITING_PAYMENT: {
    state: 'Waiting for the payment',
    next: 'The pieces are held for you until it arrives or the time is over.',
    sum: 'To pay',
  },
  PAID: {
    state: 'Paid',
    next: 'The money is your deposit until orders close. Then the run is made, or you are refunded.',
    sum: 'Paid',
  },
  DECLINED: {
    state: 'The payment was declined',
    next: 'Nothing was charged. You can order again.',
    sum: 'Not paid',
  },
  EXPIRED: {
    state: 'The payment did not arrive in time',
    next: 'Nothing is held. You can order again.',
    sum: 'Not paid',
  },
  KEPT: {
    state: 'In the making',
    next: 'Each piece gets its serial and certificate when it passes inspection.',
    sum: 'Paid',
  },
  REFUNDED: { state: 'Refunded', next: 'You have the whole sum back.', sum: 'Paid' },
  HANDED_OVER: { state: 'Handed over', next: 'Anyone can check your pieces under their links.', sum: 'Paid' },
} satisfies Record<string, Words>;

/** Where an order stands and what comes next, in plain words. */
export function orderWords(state: keyof typeof words): Words {
  return words[state];
}
