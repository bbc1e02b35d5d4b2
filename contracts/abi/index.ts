export { collectorReceiptsAbi } from './collector-receipts.js';
export {
  collectorReceiptsBytecode,
  collectorReceiptsCreationCodeHash,
  collectorReceiptsRuntime,
} from './collector-receipts.bytecode.js';
