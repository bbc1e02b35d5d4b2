export { Accounts } from './accounts.js';
export { CoopType } from './coop/coop.types.js';
export { Coops } from './coop/coops.js';
export type { Coop } from './coops.repository.js';
export { CreateCoop, type CoopCreated } from './create-coop/create-coop.js';
export { CoopRefusedError, type CoopToCreate } from './create-coop/coop-to-create.js';
export { CHECKS } from './membership.checks.js';
export { MembershipModule } from './membership.module.js';
export { linkTo } from './link.js';
