export { NoticesModule } from './notices.module.js';
export { Notices } from './notices.js';
export type { NewNotice, Unread } from './notices.repository.js';
export { NoticeType } from './my-notices/my-notices.types.js';
export { wallClock } from './wall-clock.js';
