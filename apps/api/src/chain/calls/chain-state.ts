import { registerEnumType } from '@nestjs/graphql';
import type { ChainCall } from './chain-call.js';

/** How far a call to the chain has come. These names are frozen: none is given another meaning. */
export const ChainStateEnum = {
  QUEUED: 'queued',
  SUBMITTED: 'submitted',
  INCLUDED: 'included',
  SAFE: 'safe',
  FINALIZED: 'finalized',
  FAILED: 'failed',
  GIVEN_UP: 'given_up',
} as const;
registerEnumType(ChainStateEnum, {
  name: 'ChainState',
  description:
    'QUEUED waits to be sent; SUBMITTED is signed and sent; INCLUDED stands in a block, SAFE in one that is hardly ever ' +
    'replaced, FINALIZED in one that never is; FAILED and GIVEN_UP are ends without an effect.',
});

export type ChainState = (typeof ChainStateEnum)[keyof typeof ChainStateEnum];

/** The state of a call as it is told. */
export function chainStateOf({ state, safe }: Pick<ChainCall, 'state' | 'safe'>): ChainState {
  if (state === 'final') return 'finalized';
  return state === 'included' && safe ? 'safe' : state;
}
