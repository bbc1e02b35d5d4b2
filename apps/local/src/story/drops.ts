import { poll } from '../poll.ts';
import { requestIdOf } from './api.ts';
import type { Player } from './people.ts';
import type { Setting } from './setting.ts';

export interface OpenDrop {
  readonly dropId: string;
  readonly editionId: string;
  readonly gtin: string;
}

export interface DropPlan {
  readonly key: string;
  readonly sku: string;
  readonly title: string;
  readonly description: string;
  readonly materials: string;
  readonly size: number;
  readonly unitPriceMinor: string;
  readonly minimumUnits: number;
  readonly closesAt: Date;
}

const RECIPE = [
  { cellKind: 'print', name: 'Print two colours', setupMinutes: 30, minutesPerUnit: 6 },
  { cellKind: 'cut', name: 'Trim', setupMinutes: 10, minutesPerUnit: 2 },
  { cellKind: 'finish', name: 'Number and sleeve', setupMinutes: 10, minutesPerUnit: 4 },
  { cellKind: 'qa', name: 'Inspect', setupMinutes: 5, minutesPerUnit: 3 },
];

/** Work, recipe, edition and drop; waits until the edition is committed on chain and the drop is open. */
export async function openDrop(
  setting: Setting,
  maker: Player,
  versionId: string,
  plan: DropPlan,
): Promise<OpenDrop> {
  const { coopId } = setting;
  const { work } = await maker.api.does<{ work: { id: string } }>(
    'createWork',
    'WorkCreated',
    'work { id }',
    {
      coopId,
      sku: plan.sku,
      title: plan.title,
      description: plan.description,
      materials: plan.materials,
      recipe: RECIPE,
      requestId: requestIdOf(`work ${plan.key}`),
    },
  );
  const { edition } = await maker.api.does<{ edition: { id: string; gtin: string } }>(
    'createEdition',
    'EditionCreated',
    'edition { id gtin }',
    {
      coopId,
      workId: work.id,
      size: plan.size,
      unitPriceMinor: plan.unitPriceMinor,
      agreementVersionId: versionId,
      requestId: requestIdOf(`edition ${plan.key}`),
    },
  );
  const { drop } = await maker.api.does<{ drop: { id: string } }>('openDrop', 'DropOpening', 'drop { id }', {
    coopId,
    editionId: edition.id,
    closesAt: plan.closesAt.toISOString(),
    minimumUnits: plan.minimumUnits,
    requestId: requestIdOf(`drop ${plan.key}`),
  });
  await dropIn(setting, maker, drop.id, ['OPEN', 'LOCKED']);
  return { dropId: drop.id, editionId: edition.id, gtin: edition.gtin };
}

/** Waits until the drop is in one of `states`. */
export async function dropIn(
  setting: Setting,
  who: Player,
  dropId: string,
  states: readonly string[],
): Promise<void> {
  await poll(`the drop to be ${states.join(' or ')}`, 60_000, async () => {
    const drop = await who.api.ask<{ state: string }>(
      `query ($coopId: ID!, $id: ID!) { drop(coopId: $coopId, id: $id) { state } }`,
      { coopId: setting.coopId, id: dropId },
    );
    return states.includes(drop.state);
  });
}

/** Places one order and waits until its payment is decided; answers its id. */
export async function order(
  setting: Setting,
  buyer: Player,
  drop: OpenDrop,
  of: { key: string; quantity: number; paymentMethod: string },
): Promise<string> {
  const placed = await buyer.api.does<{ order: { id: string } }>(
    'placeOrder',
    'OrderPlaced',
    'order { id }',
    {
      coopId: setting.coopId,
      dropId: drop.dropId,
      quantity: of.quantity,
      paymentMethod: of.paymentMethod,
      requestId: requestIdOf(`order ${of.key}`),
    },
  );
  const decided =
    of.paymentMethod.startsWith('sandbox-delay') ||
    (await decidedWithin(setting, buyer, placed.order.id, 120_000));
  if (!decided) throw new Error(`the payment of order ${of.key} was not decided in two minutes`);
  return placed.order.id;
}

/** True as soon as the order's payment is decided, false when it is not within `withinMs`. */
export async function decidedWithin(
  setting: Setting,
  buyer: Player,
  orderId: string,
  withinMs: number,
): Promise<boolean> {
  const deadline = performance.now() + withinMs;
  return poll('the payment to be decided', withinMs + 10_000, async () => {
    const found = await buyer.api.ask<{ state: string }>(
      `query ($coopId: ID!, $id: ID!) { order(coopId: $coopId, id: $id) { state } }`,
      { coopId: setting.coopId, id: orderId },
    );
    if (found.state !== 'AWAITING_PAYMENT') return { decided: true };
    return performance.now() > deadline ? { decided: false } : null;
  }).then(({ decided }) => decided);
}
