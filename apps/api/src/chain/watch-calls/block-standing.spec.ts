import { describe, expect, it } from '@jest/globals';
import { type NodeView, standingOf } from './block-standing.js';

const block = { number: 10n, hash: '0xa' };
const has: NodeView = { head: 12n, safe: 9n, finalized: 9n, hashAt: '0xa', stalled: false };
const safe: NodeView = { ...has, safe: 10n };
const final: NodeView = { ...safe, finalized: 10n };
const other: NodeView = { ...has, hashAt: '0xb' };
const behind: NodeView = { head: 8n, safe: 6n, finalized: 6n, hashAt: null, stalled: false };
const shorter: NodeView = { ...behind, stalled: true };

describe('a block of ours', () => {
  it.each([
    ['stands while its node has it', [has], 'Stands'],
    ['is safe at the safe block', [safe], 'Safe'],
    ['is not safe while one node does not hold it so', [safe, has], 'Stands'],
    ['is safe while one of those that hold it so has not finalized it', [final, safe], 'Safe'],
    ['is final at the finalized block', [final], 'Final'],
    ['is not final while one node has not finalized it', [final, has], 'Stands'],
    ['is final when the other node does not answer', [final, null], 'Final'],
    ['stands while one node has it and another has a different one', [final, other], 'Stands'],
    ['is gone when every node has another', [other, other], 'Gone'],
    ['is not gone when a node does not answer', [other, null], 'Unknown'],
    ['is not gone when a node lags', [other, behind], 'Unknown'],
    ['is gone when the chain is shorter and does not grow', [shorter], 'Gone'],
    ['is unknown when nobody answers', [null, null], 'Unknown'],
  ] as const)('%s', (_, views, standing) => {
    expect(standingOf(block, views)).toBe(standing);
  });
});
