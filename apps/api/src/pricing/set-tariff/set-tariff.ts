import { Inject, Injectable } from '@nestjs/common';
import { Transactions, newId } from '../../platform/database/index.js';
import { InputRefused, NotFound, isUuid } from '../../platform/graphql/index.js';
import { Cells } from '../../workshops/index.js';
import { refuseTariff } from '../refuse-tariff.js';
import { TariffsRepository } from '../tariffs.repository.js';
import { TariffSet, type SetTariffInput, type SetTariffOutcome } from './set-tariff.types.js';

/** Sets what a co-op or one of its cells charges from a moment on; what is held or booked keeps its price. */
@Injectable()
export class SetTariff {
  constructor(
    @Inject(Transactions) private readonly transactions: Transactions,
    @Inject(TariffsRepository) private readonly tariffs: TariffsRepository,
    @Inject(Cells) private readonly cells: Cells,
  ) {}

  async run(setBy: string, input: SetTariffInput): Promise<SetTariffOutcome> {
    const { coopId, cellId = null, tariff = null } = input;
    const refused = tariff === null ? null : refuseTariff(tariff);
    if (refused !== null) return refused;
    if (cellId !== null && !isUuid(cellId)) return new NotFound('cell');
    return this.transactions.run<'TariffSet', SetTariffOutcome>(['TariffSet'], async (tx) => {
      if (cellId !== null && (await this.cells.byIds(tx, [{ coopId, id: cellId }])).length === 0)
        return new NotFound('cell');
      const setAt = await tx.now();
      const validFrom = input.validFrom ?? setAt;
      if (validFrom < setAt) {
        const message = 'A tariff cannot begin in the past. Leave validFrom out, or announce a later moment.';
        return new InputRefused('validFrom', message);
      }
      const version = { id: newId(), cellId, validFrom, setAt, setBy, tariff };
      await this.tariffs.insert(tx, coopId, version);
      return new TariffSet(version);
    });
  }
}
