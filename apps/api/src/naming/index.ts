export { ConfirmName, DID_FETCH } from './confirm-name/confirm-name.js';
export { DidKeys } from './did-keys.js';
export { NamingModule } from './naming.module.js';
