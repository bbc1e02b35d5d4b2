import { decideTariff, type Tariff } from '@touchmark/pricing';
import type { CodeCheck } from '../platform/checks/check.js';

/** What must always hold of tariffs. */
export const CODE_CHECKS: CodeCheck[] = [
  {
    name: 'every tariff can be priced by',
    counted: 'SELECT count(*) FROM tariff WHERE content IS NOT NULL',
    find: async (query) => {
      const rows = await query('SELECT coop_id, id, content FROM tariff WHERE content IS NOT NULL');
      return rows.filter(
        (row) => decideTariff((row as { content: Tariff }).content).kind !== 'TariffAccepted',
      );
    },
  },
];
