import { describe, expect, it } from '@jest/globals';
import { newId } from './index.js';

const MANY = 20_000;

describe('new ids', () => {
  it('sort in the order in which they were made, however many there are in a millisecond', () => {
    const ids = Array.from({ length: MANY }, newId);
    expect(ids.slice(1).filter((id, place) => id <= (ids[place] ?? ''))).toHaveLength(0);
  });

  it('are of version 7 and begin with their moment', () => {
    const id = newId();
    expect(id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
    expect(parseInt(id.replace('-', '').slice(0, 12), 16)).toBeGreaterThan(Date.parse('2026-01-01'));
  });
});
