import { Injectable } from '@nestjs/common';
import { windowMinutes } from '@touchmark/calendar';
import type { ServicePriceLine } from '@touchmark/exchange';
import { NO_TARIFF, quotePrice, type PriceLine } from '@touchmark/pricing';
import type { WorkChunk } from '@touchmark/scheduling';
import type { LockedCell } from '../../booking/index.js';
import type { Transaction } from '../../platform/database/index.js';
import { tariffJson, tariffOf } from '../../pricing/index.js';
import type { OfferType } from '../offer.types.js';

const TARIFFS = `SELECT cell.id, ${tariffJson('$1::uuid', 'cell.id')} AS tariff FROM unnest($2::uuid[]) AS cell (id)`;

const MINUTE_MS = 60_000;

/** The minutes of one step on one cell. */
interface Time {
  readonly position: number;
  readonly cell: LockedCell;
  readonly minutes: number;
}

/**
 * Prices the steps that an offer sells by their time: minutes of the plan at the base rate of their cell, then the
 * tariff's percent for peers. The provider chooses when it works, so neither the hour nor how full the day is counts.
 */
@Injectable()
export class PriceTime {
  async lines(
    tx: Transaction,
    offer: Pick<OfferType, 'coopId' | 'steps'>,
    cells: readonly LockedCell[],
    chunks: readonly WorkChunk[],
  ): Promise<ServicePriceLine[]> {
    const times = timesOf(offer, cells, chunks);
    if (times.length === 0) return [];
    const ids = [...new Set(times.map(({ cell }) => cell.cellId))];
    const rows = await tx.query<{ id: string; tariff: string | null }>(TARIFFS, [offer.coopId, ids]);
    const tariffs = new Map(rows.map(({ id, tariff }) => [id, tariffOf(tariff)]));
    return times.flatMap((time) => linesOf(time, tariffs.get(time.cell.cellId)?.peerPercent ?? 100));
  }
}

function timesOf(
  { steps }: Pick<OfferType, 'steps'>,
  cells: readonly LockedCell[],
  chunks: readonly WorkChunk[],
): Time[] {
  const sold = chunks.filter(({ position }) => steps[position - 1]?.atPeerRate === true);
  const together = Map.groupBy(sold, ({ position, cellId }) => `${String(position)} ${cellId}`);
  return [...together.values()].flatMap((own) => {
    const [first] = own;
    const cell = cells.find(({ cellId }) => cellId === first?.cellId);
    if (first === undefined || cell === undefined) return [];
    const minutes = own.reduce((sum, chunk) => sum + windowMinutes(chunk), 0);
    return [{ position: first.position, cell, minutes }];
  });
}

function linesOf({ position, cell, minutes }: Time, peerPercent: number): ServicePriceLine[] {
  const { lines } = quotePrice({
    ...{ tariff: { ...NO_TARIFF, peerPercent }, hourlyRateMinor: cell.hourlyRateMinor },
    ...{
      window: { fromAt: 0, toAt: minutes * MINUTE_MS },
      zone: 'UTC',
      utilisationPercent: 0,
      leadMinutes: 0,
    },
    ...{ buyer: { kind: 'peer' }, marginal: { minutes: 0, costMinor: 0n }, creditMinutes: 0 },
  });
  const step = `Step ${String(position)}, ${cell.facts.name}`;
  const shown = ({ code, label, amountMinor }: PriceLine): ServicePriceLine =>
    code === 'peer'
      ? { code, label: `${step}: ${label}`, units: null, amountMinor }
      : {
          code: 'time',
          label: `${step}: ${String(minutes)} minutes at the base rate`,
          units: null,
          amountMinor,
        };
  return lines.map(shown);
}
