interface Words {
  readonly state: string;
  readonly next: string;
}

const words = {
  AWAITING_PAYMENT: {
    state: 'Waiting for the payment',
    next: 'The pieces are held for you until it arrives or the time is over.',
  },
  PAID: {
    state: 'Paid',
    next: 'The money is your deposit until orders close. Then the run is made, or you are refunded.',
  },
  DECLINED: { state: 'The payment was declined', next: 'Nothing was charged. You can order again.' },
  EXPIRED: { state: 'The payment did not arrive in time', next: 'Nothing is held. You can order again.' },
  KEPT: {
    state: 'In the making',
    next: 'Each piece gets its serial and certificate when it passes inspection.',
  },
  REFUNDED: { state: 'Refunded', next: 'You have the whole sum back.' },
  HANDED_OVER: { state: 'Handed over', next: 'Anyone can check your pieces under their links.' },
} satisfies Record<string, Words>;

/** Where an order stands and what comes next, in plain words. */
export function orderWords(state: keyof typeof words): Words {
  return words[state];
}
