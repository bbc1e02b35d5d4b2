export { collectorReceiptsAbi } from './collector-receipts.js';
export {
  collectorReceiptsBytecode,
  collectorReceiptsCreationCodeHash,
  collectorReceiptsRuntime,
} from './collector-receipts.bytecode.js';
export { royaltySplitterAbi } from './royalty-splitter.js';
export { royaltySplittersAbi } from './royalty-splitters.js';
export {
  royaltySplittersBytecode,
  royaltySplittersCreationCodeHash,
  royaltySplittersRuntime,
} from './royalty-splitters.bytecode.js';
