/** The task that only the publisher's process runs. */
export const PUBLISH_BATCH = 'publish_batch';
