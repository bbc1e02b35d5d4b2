import { drawKey } from './draw.js';
import type { RoundRequest } from './request.js';

/** The name of the rule that `allocate` is; another rule gets another name. */
export const ROUND_RULE = 'touchmark-round/2';

/** Rules whose results `allocate` gives too: before quotas counted no request names one. */
export const ROUND_RULES: readonly string[] = ['touchmark-round/1', ROUND_RULE];

/** A slot and who won it, with which of their choices. */
export interface RoundWin {
  readonly slot: number;
  readonly pseudonym: string;
  readonly choice: 1 | 2;
}

interface Entrant extends RoundRequest {
  readonly key: string;
}

/**
 * Gives out the slots (by number), each at most once and at most `cap` to one member. First all first choices, then
 * all second choices; in each pass whoever has won the least so far (in earlier rounds and in this one) comes first,
 * and the draw by `seed` (hex) decides among equals. What is beyond a member's quota goes to the next. The result is by slot number and does not depend on the order of
 * the requests.
 */
export function allocate(of: {
  readonly slots: readonly number[];
  readonly requests: readonly RoundRequest[];
  readonly cap: number;
  readonly seed: string;
}): RoundWin[] {
  const free = new Set(of.slots);
  const won = new Map<string, number>();
  const wins: RoundWin[] = [];
  const entrants = of.requests.map((request) => ({ ...request, key: drawKey(of.seed, request.pseudonym) }));
  for (const choice of [1, 2] as const) {
    for (const entrant of inTurn(entrants, won)) {
      const slot = choice === 1 ? entrant.first : entrant.second;
      const { pseudonym } = entrant;
      const before = won.get(pseudonym) ?? 0;
      if (slot === null || before >= of.cap || isBeyond(entrant, choice, before) || !free.delete(slot))
        continue;
      won.set(pseudonym, before + 1);
      wins.push({ slot, pseudonym, choice });
    }
  }
  return wins.sort((a, b) => a.slot - b.slot);
}

/** True when the quota does not cover this choice, alone or beside what was won in the first pass. */
function isBeyond({ beyondQuota = [] }: RoundRequest, choice: 1 | 2, before: number): boolean {
  if (choice === 1) return beyondQuota.includes('first');
  return beyondQuota.includes('second') || (before > 0 && beyondQuota.includes('both'));
}

function inTurn(entrants: readonly Entrant[], won: ReadonlyMap<string, number>): Entrant[] {
  const winsOf = ({ pseudonym, pastWins }: Entrant): number => pastWins + (won.get(pseudonym) ?? 0);
  return entrants.toSorted((a, b) => winsOf(a) - winsOf(b) || (a.key < b.key ? -1 : 1));
}
