export { HearTap } from './present-tap/hear-tap.js';
export { RecordScan } from './record-scan/record-scan.js';
export { CHECKS } from './taps.checks.js';
export { TapsModule } from './taps.module.js';
export { TapInput, TapType } from './taps.types.js';
