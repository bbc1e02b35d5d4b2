import { allocate, type RoundWin } from './allocate.js';
import { canonicalJson } from './canonical-json.js';
import { readRound, type PublishedBlock, type RoundDocument } from './document.js';
import { commitmentOf, drawKey, requestsDigest, seedOf } from './draw.js';

/** One thing that was looked at: what it says, and whether it holds. */
export interface RoundFinding {
  readonly holds: boolean;
  readonly text: string;
}

/** `right` is null when there is nothing to judge: not a round, or not drawn yet; `message` says so. */
export interface RoundVerdict {
  readonly right: boolean | null;
  readonly findings: readonly RoundFinding[];
  readonly message: string;
}

/** What a chain says itself: the block at the published number and the one before it, times in epoch milliseconds. */
export interface BlockWitness {
  readonly chainId: number;
  readonly hash: string;
  readonly at: number;
  readonly beforeAt: number;
}

type Drawn = RoundDocument & {
  readonly block: PublishedBlock;
  readonly secret: string;
  readonly seed: string;
  readonly wins: readonly RoundWin[];
};

const finding = (holds: boolean, text: string): RoundFinding => ({ holds, text });
const bare = (hash: string): string => hash.replace(/^0x/, '');

function seedFindings({ commitment, secret, block, seed, requests, ...round }: Drawn): RoundFinding[] {
  const blockAt = Date.parse(block.time);
  return [
    finding(commitmentOf(secret) === bare(commitment), 'the secret is the one committed to at the opening'),
    finding(
      requestsDigest(requests) === round.requestsDigest,
      'the requests, past wins and what quotas do not cover are those fixed at the deadline',
    ),
    finding(
      blockAt > Date.parse(round.deadlineAt),
      `block ${String(block.number)} is younger than the deadline`,
    ),
    finding(seedOf(secret, block.hash) === bare(seed), 'the seed follows from the secret and the block hash'),
  ];
}

function witnessFindings({ block, deadlineAt }: Drawn, chain: BlockWitness): RoundFinding[] {
  const same = chain.chainId === block.chainId && bare(chain.hash) === bare(block.hash);
  const deadline = Date.parse(deadlineAt);
  const first = chain.at > deadline && chain.beforeAt <= deadline;
  return [
    finding(same, `the chain has this block at number ${String(block.number)}`),
    finding(first, 'on the chain it is the first block after the deadline'),
  ];
}

function slotFindings({ slots, requests, cap, secret, block, wins }: Drawn): RoundFinding[] {
  const seed = seedOf(secret, block.hash);
  const due = allocate({ slots: slots.map((slot) => slot.number), requests, cap, seed });
  const ofSlot = (list: readonly RoundWin[], slot: number): RoundWin[] =>
    list.filter((win) => win.slot === slot);
  const known = new Set(slots.map((slot) => slot.number));
  const strays = wins.filter((win) => !known.has(win.slot));
  return [
    ...slots.map(({ number, fromAt }) => {
      const [should] = ofSlot(due, number);
      const holds =
        canonicalJson(ofSlot(wins, number)) === canonicalJson(should === undefined ? [] : [should]);
      const who =
        should === undefined
          ? 'nobody asked in time'
          : `${should.pseudonym} by choice ${String(should.choice)}, ${pastOf(requests, should.pseudonym)}, draw ${drawKey(seed, should.pseudonym).slice(0, 12)}`;
      return finding(holds, `slot ${String(number)} from ${fromAt}: ${who}`);
    }),
    ...strays.map((win) => finding(false, `slot ${String(win.slot)} was given out and is not in the round`)),
  ];
}

function pastOf(requests: RoundDocument['requests'], pseudonym: string): string {
  const wins = requests.find((request) => request.pseudonym === pseudonym)?.pastWins ?? 0;
  return `${String(wins)} won before`;
}

function uniqueFindings({ requests, slots }: RoundDocument): RoundFinding[] {
  const once = new Set(requests.map((request) => request.pseudonym)).size === requests.length;
  const numbers = new Set(slots.map((slot) => slot.number)).size === slots.length;
  return [finding(once && numbers, 'each pseudonym and each slot is there once')];
}

/**
 * Recomputes a published round (parsed JSON) from its requests, secret and block, and compares every line. `chain` is
 * what a node says about the block, when one was asked; without it the block is taken as published.
 */
export function verifyRound(value: unknown, chain: BlockWitness | null = null): RoundVerdict {
  const read = readRound(value);
  if ('fault' in read)
    return { right: null, findings: [], message: `This is no round: ${read.fault} is missing or malformed.` };
  const { round } = read;
  if (round.state === 'called_off')
    return { right: null, findings: [], message: 'The round was called off; nothing is drawn.' };
  if (round.state !== 'drawn')
    return { right: null, findings: [], message: `The round is ${round.state}; come back after the draw.` };
  // `readRound` has seen that a drawn round has all of it.
  const drawn = round as Drawn;
  const findings = [
    ...uniqueFindings(drawn),
    ...seedFindings(drawn),
    ...(chain === null ? [] : witnessFindings(drawn, chain)),
    ...slotFindings(drawn),
  ];
  const right = findings.every((one) => one.holds);
  return { right, findings, message: `the published result is ${right ? 'right' : 'wrong'}` };
}
