import { CHECKS as allowances } from './allowances/index.js';
import { CHECKS as booking, CODE_CHECKS as bookingByCode } from './booking/index.js';
import { CHECKS as catalog } from './catalog/index.js';
import { CHECKS as certificates, CODE_CHECKS as certificatesByCode } from './certificates/index.js';
import { CHECKS as chain } from './chain/index.js';
import { CHECKS as exchange, CODE_CHECKS as exchangeByCode } from './exchange/index.js';
import { CHECKS as membership } from './membership/index.js';
import { CHECKS as orders } from './orders/index.js';
import { CHECKS as payouts, CODE_CHECKS as payoutsByCode } from './payouts/index.js';
import { runnable, type CodeCheck } from './platform/checks/check.js';
import { CODE_CHECKS as pricingByCode } from './pricing/index.js';
import { CHECKS as production } from './production/index.js';
import { CHECKS as rounds, CODE_CHECKS as roundsByCode } from './rounds/index.js';
import { CHECKS as taps } from './taps/index.js';
import { CHECKS as workshops } from './workshops/index.js';

/** Every invariant of the product, feature by feature. */
export const CHECKS: readonly CodeCheck[] = [
  ...[
    membership,
    workshops,
    allowances,
    booking,
    payouts,
    exchange,
    catalog,
    orders,
    production,
    chain,
    certificates,
    rounds,
    taps,
  ]
    .flat()
    .map(runnable),
  ...bookingByCode,
  ...payoutsByCode,
  ...exchangeByCode,
  ...roundsByCode,
  ...pricingByCode,
  ...certificatesByCode,
];
