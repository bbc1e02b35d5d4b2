export { CHECKS } from './certificates.checks.js';
export { CODE_CHECKS } from './certificates.code-checks.js';
export { CertificatesModule } from './certificates.module.js';
export type { Certificate } from './certificates.repository.js';
export { ExportedPieces } from './exported-pieces.js';
export { PUBLISH_BATCH } from './publish-batch/task.js';
export { PublisherModule } from './publisher.module.js';
