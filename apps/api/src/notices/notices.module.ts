import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { MembershipModule } from '../membership/index.js';
import { MailNotice } from './mail-notice.js';
import { MyNoticesResolver, NoticeResolver } from './my-notices/my-notices.resolver.js';
import { NoticeEntity } from './notice.entity.js';
import { Notices } from './notices.js';
import { NoticesRepository } from './notices.repository.js';
import { ReadNotices } from './read-notices/read-notices.js';
import { ReadNoticesResolver } from './read-notices/read-notices.resolver.js';

/** What people are told, in the pages and by mail. */
@Module({
  imports: [TypeOrmModule.forFeature([NoticeEntity]), MembershipModule],
  providers: [
    NoticesRepository,
    Notices,
    MailNotice,
    MyNoticesResolver,
    NoticeResolver,
    ReadNotices,
    ReadNoticesResolver,
  ],
  exports: [Notices],
})
export class NoticesModule {}
