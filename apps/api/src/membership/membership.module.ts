import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { Authenticator, Passes } from '../platform/auth/index.js';
import { AcceptInvitation } from './accept-invitation/accept-invitation.js';
import { AcceptInvitationResolver } from './accept-invitation/accept-invitation.resolver.js';
import { AccountEntity } from './account.entity.js';
import { Accounts } from './accounts.js';
import { AccountsRepository } from './accounts.repository.js';
import { ApiKeyEntity } from './api-key.entity.js';
import { ApiKeysRepository } from './api-keys.repository.js';
import { ApiKeysResolver } from './api-keys/api-keys.resolver.js';
import { CoopEntity } from './coop.entity.js';
import { CoopResolver } from './coop/coop.resolver.js';
import { Coops } from './coop/coops.js';
import { CoopsRepository } from './coops.repository.js';
import { CreateApiKey } from './create-api-key/create-api-key.js';
import { CreateApiKeyResolver } from './create-api-key/create-api-key.resolver.js';
import { CreateBrand } from './create-brand/create-brand.js';
import { CreateBrandResolver } from './create-brand/create-brand.resolver.js';
import { CreateCoop } from './create-coop/create-coop.js';
import { AccessTokens, Attempts, BearerAuthenticator, Credentials } from './credentials/index.js';
import { ForgetExpired } from './forget-expired/forget-expired.js';
import { InvitationEntity } from './invitation.entity.js';
import { InvitationsRepository } from './invitations.repository.js';
import { InviteMember } from './invite-member/invite-member.js';
import { InviteMemberResolver } from './invite-member/invite-member.resolver.js';
import { MailInvitation } from './invite-member/mail-invitation.js';
import { IssueLiveTicket } from './live-ticket/issue-live-ticket.js';
import { IssueLiveTicketResolver } from './live-ticket/issue-live-ticket.resolver.js';
import { LivePasses } from './live-ticket/live-passes.js';
import { LiveTicketEntity } from './live-ticket/live-ticket.entity.js';
import { LiveTicketsRepository } from './live-ticket/live-tickets.repository.js';
import { MeResolver } from './me/me.resolver.js';
import { MembersResolver } from './members/members.resolver.js';
import { MembershipEntity } from './membership.entity.js';
import { MembershipsRepository } from './memberships.repository.js';
import { OpenSession } from './open-session.js';
import { PasswordResetEntity } from './password-reset.entity.js';
import { PasswordResetsRepository } from './password-resets.repository.js';
import { RefreshSessionController } from './refresh-session/refresh-session.controller.js';
import { RefreshSession } from './refresh-session/refresh-session.js';
import { RefreshTokenEntity } from './refresh-token.entity.js';
import { RefreshTokensRepository } from './refresh-tokens.repository.js';
import { RemoveMember } from './remove-member/remove-member.js';
import { RemoveMemberResolver } from './remove-member/remove-member.resolver.js';
import { MailPasswordReset } from './request-password-reset/mail-password-reset.js';
import { RequestPasswordReset } from './request-password-reset/request-password-reset.js';
import { RequestPasswordResetResolver } from './request-password-reset/request-password-reset.resolver.js';
import { MailSignInCode } from './request-sign-in-code/mail-sign-in-code.js';
import { RequestSignInCode } from './request-sign-in-code/request-sign-in-code.js';
import { RequestSignInCodeResolver } from './request-sign-in-code/request-sign-in-code.resolver.js';
import { ResetPassword } from './reset-password/reset-password.js';
import { ResetPasswordResolver } from './reset-password/reset-password.resolver.js';
import { RevokeApiKey } from './revoke-api-key/revoke-api-key.js';
import { RevokeApiKeyResolver } from './revoke-api-key/revoke-api-key.resolver.js';
import { SessionEntity } from './session.entity.js';
import { SessionsRepository } from './sessions.repository.js';
import { SetMemberClass } from './set-member-class/set-member-class.js';
import { SetMemberClassResolver } from './set-member-class/set-member-class.resolver.js';
import { SetMemberRoles } from './set-member-roles/set-member-roles.js';
import { SetMemberRolesResolver } from './set-member-roles/set-member-roles.resolver.js';
import { SignInCodeEntity } from './sign-in-code.entity.js';
import { SignInCodesRepository } from './sign-in-codes.repository.js';
import { SignInWithCode } from './sign-in-with-code/sign-in-with-code.js';
import { SignInWithCodeResolver } from './sign-in-with-code/sign-in-with-code.resolver.js';
import { SignIn } from './sign-in/sign-in.js';
import { SignInResolver } from './sign-in/sign-in.resolver.js';
import { SignOut } from './sign-out/sign-out.js';
import { SignOutResolver } from './sign-out/sign-out.resolver.js';

const ENTITIES = [
  AccountEntity,
  ApiKeyEntity,
  CoopEntity,
  InvitationEntity,
  LiveTicketEntity,
  MembershipEntity,
  PasswordResetEntity,
  RefreshTokenEntity,
  SessionEntity,
  SignInCodeEntity,
];

const REPOSITORIES = [
  AccountsRepository,
  ApiKeysRepository,
  CoopsRepository,
  InvitationsRepository,
  LiveTicketsRepository,
  MembershipsRepository,
  PasswordResetsRepository,
  RefreshTokensRepository,
  SessionsRepository,
  SignInCodesRepository,
];

const USE_CASES = [
  AcceptInvitation,
  CreateApiKey,
  CreateBrand,
  CreateCoop,
  InviteMember,
  IssueLiveTicket,
  RefreshSession,
  RemoveMember,
  RequestPasswordReset,
  RequestSignInCode,
  ResetPassword,
  RevokeApiKey,
  SetMemberClass,
  SetMemberRoles,
  SignIn,
  SignInWithCode,
  SignOut,
];

/** What happens behind a request: mail, and forgetting. */
const BACKGROUND = [ForgetExpired, MailInvitation, MailPasswordReset, MailSignInCode];

const RESOLVERS = [
  AcceptInvitationResolver,
  ApiKeysResolver,
  CoopResolver,
  CreateApiKeyResolver,
  CreateBrandResolver,
  InviteMemberResolver,
  IssueLiveTicketResolver,
  MeResolver,
  MembersResolver,
  RemoveMemberResolver,
  RequestPasswordResetResolver,
  RequestSignInCodeResolver,
  ResetPasswordResolver,
  RevokeApiKeyResolver,
  SetMemberClassResolver,
  SetMemberRolesResolver,
  SignInResolver,
  SignInWithCodeResolver,
  SignOutResolver,
];

/** Co-ops, members, brands and collectors, and how they prove who they are. */
@Module({
  imports: [TypeOrmModule.forFeature(ENTITIES)],
  controllers: [RefreshSessionController],
  providers: [
    ...REPOSITORIES,
    ...USE_CASES,
    ...BACKGROUND,
    ...RESOLVERS,
    AccessTokens,
    Accounts,
    Attempts,
    Coops,
    Credentials,
    OpenSession,
    { provide: Authenticator, useClass: BearerAuthenticator },
    { provide: Passes, useClass: LivePasses },
  ],
  exports: [Accounts, Authenticator, Coops, CreateCoop, Passes],
})
export class MembershipModule {}
