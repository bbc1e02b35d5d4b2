export { loaderOf, type GraphqlContext } from './context.js';
export { badUserInput, forbidden, tryAgain, unauthenticated } from './errors.js';
export {
  PageArgs,
  PageInfo,
  connectionOf,
  connectionType,
  pageById,
  pageRequest,
  type Connection,
  type PageRequest,
} from './page.js';
export { InputRefused, NotFound, Refusal, RequestIdReused } from './refusal.js';
export { resultUnion } from './result.js';
export { Instant, MinorUnits } from './scalars.js';
export { isUuid } from './uuid.js';
