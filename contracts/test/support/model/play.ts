import assert from 'node:assert/strict';

import { BaseError, decodeErrorResult, encodeFunctionData, isHex, parseEventLogs, type Hex } from 'viem';

import { collectorReceiptsAbi as abi } from '../../../abi/collector-receipts.ts';
import { CLAIM_OUTCOMES } from '../refusal.ts';
import { startScene, type Scene } from '../scene.ts';
import { castOf } from './cast.ts';
import { claiming, holding, marking } from './holding-steps.ts';
import { aboutEdition, aboutIssuer, anchoring, voiding, type Play, type Step } from './issuing-steps.ts';
import { Choices } from './random.ts';
import { anyAbi, differences, viewsOf } from './views.ts';
import { World } from './world.ts';

/** How often each kind of step is tried; what moves the story forward is tried most. */
const KINDS: readonly ((play: Play) => Step | Promise<Step>)[] = [
  aboutIssuer,
  aboutIssuer,
  aboutEdition,
  anchoring,
  anchoring,
  anchoring,
  voiding,
  marking,
  claiming,
  claiming,
  claiming,
  holding,
  holding,
];

/** Plays a random story on the contract and on the model; how often each call ended in which way. */
export async function playStory(seed: number, steps: number): Promise<Map<string, number>> {
  const scene = await startScene();
  const cast = await castOf(scene);
  const { address: reader } = await scene.viem.deployContract('ManyViews');
  const world = new World();
  const first = world.issuer(cast.issuers[0] ?? '0x');
  // The scene set these keys before the story begins.
  const [, publisher, coSigner] = await scene.receipts.read.issuerOf([scene.issuer]);
  Object.assign(first, { publisher: publisher.toLowerCase(), coSigner: coSigner.toLowerCase() });
  const choices = new Choices(seed);
  const endings = new Map<string, number>();
  let now = await scene.now();
  for (let count = 1; count <= steps; count += 1) {
    now += choices.of([1, 1, 1, 10, 60, choices.once(3) ? 900 : 300, choices.once(6) ? 86_400 : 60]);
    const step = await choices.of(KINDS)({ world, cast, choices, now });
    await scene.clock.setNextBlockTimestamp({ timestamp: BigInt(now) });
    const found = await outcomeOf(scene, step);
    const where = `seed ${String(seed)}, step ${String(count)}: ${step.functionName} by ${step.sender}`;
    assert.deepEqual(found, step.expected, where);
    assert.deepEqual(await differences(scene, reader, viewsOf(world, cast)), [], where);
    for (const ending of [found ?? 'done'].flat()) {
      const name = `${step.functionName} ${ending}`;
      endings.set(name, (endings.get(name) ?? 0) + 1);
    }
  }
  return endings;
}

async function outcomeOf(scene: Scene, { sender, functionName, args }: Step): Promise<Step['expected']> {
  const data = encodeFunctionData({ abi: anyAbi, functionName, args });
  let hash: Hex;
  try {
    const transaction = { from: sender, to: scene.address, data, gas: '0x7a1200' } as const;
    hash = await scene.chain.request({ method: 'eth_sendTransaction', params: [transaction] } as never);
  } catch (error) {
    const { errorName, args: details } = decodeErrorResult({ abi, data: revertDataOf(error) });
    return errorName === 'ClaimInvalid' ? `ClaimInvalid ${CLAIM_OUTCOMES[details[1]] ?? '?'}` : errorName;
  }
  if (functionName !== 'claimMany') return null;
  const { logs } = await scene.chain.getTransactionReceipt({ hash });
  return parseEventLogs({ abi, logs, eventName: ['Claimed', 'ClaimRefused'] }).map((log) =>
    log.eventName === 'Claimed' ? 'Claimed' : (CLAIM_OUTCOMES[log.args.outcome] ?? '?'),
  );
}

/** The node gives the words of a revert somewhere among the causes of its error. */
function revertDataOf(error: unknown): Hex {
  for (let cause = error; cause instanceof Error || isRecord(cause); cause = cause.cause) {
    const data: unknown = 'data' in cause ? cause.data : null;
    if (isHex(data) && data !== '0x') return data;
    if (isRecord(data) && isHex(data.data)) return data.data;
  }
  throw error instanceof BaseError || error instanceof Error ? error : new Error(String(error));
}

const isRecord = (value: unknown): value is { cause?: unknown; data?: unknown } =>
  typeof value === 'object' && value !== null;
