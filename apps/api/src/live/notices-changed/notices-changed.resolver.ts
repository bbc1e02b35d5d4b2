import { Inject } from '@nestjs/common';
import { Context, Resolver, Subscription } from '@nestjs/graphql';
import { Access, CurrentActor, accountOf, type Actor } from '../../platform/auth/index.js';
import type { LiveContext } from '../../platform/subscriptions/index.js';
import { NoticesChange } from './notices-changed.types.js';
import { NoticesRelay, type NoticesChanged } from './notices-relay.js';

@Resolver()
export class NoticesChangedResolver {
  constructor(@Inject(NoticesRelay) private readonly relay: NoticesRelay) {}

  @Access({ person: true, brand: ['orders:write', 'exchange:read'] })
  @Subscription(() => NoticesChange, {
    description: "The caller's unread notices: now, and whenever they change.",
  })
  noticesChanged(
    @CurrentActor() actor: Actor,
    @Context() { connection }: LiveContext,
  ): Promise<AsyncIterableIterator<NoticesChanged>> {
    return this.relay.watch(connection, accountOf(actor));
  }
}
