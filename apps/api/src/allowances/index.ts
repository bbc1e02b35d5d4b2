export { allowanceJson, allowanceOf, type AllowanceSql } from './allowance-sql.js';
export { CHECKS } from './allowances.checks.js';
export { AllowancesModule } from './allowances.module.js';
export { CreditUses } from './credit-uses.js';
