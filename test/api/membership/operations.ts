/** The operations that the specs of this folder send, as a client would write them. */
export const SIGN_IN = `mutation ($input: SignInInput!) { signIn(input: $input) {
  __typename
  ... on SignedIn { accessToken expiresAt me { accountId email memberships { roles coop { id } } } }
  ... on Refusal { message } ... on TooManyAttempts { retryAfterSeconds } } }`;
export const ME = `{ me { accountId memberships { roles coop { id } } } }`;
export const SIGN_OUT = `mutation { signOut { endedSessions } }`;
export const SIGN_OUT_EVERYWHERE = `mutation { signOutEverywhere { endedSessions } }`;
export const INVITE = `mutation ($input: InviteMemberInput!) { inviteMember(input: $input) {
  __typename ... on MemberInvited { invitationId expiresAt } ... on InputRefused { field message } } }`;
export const ACCEPT = `mutation ($input: AcceptInvitationInput!) { acceptInvitation(input: $input) {
  __typename ... on InvitationAccepted { coopId accountId } ... on InputRefused { field } ... on Refusal { message } } }`;
export const REMOVE = `mutation ($input: RemoveMemberInput!) { removeMember(input: $input) {
  __typename ... on MemberRemoved { accountId } ... on Refusal { message } } }`;
export const SET_ROLES = `mutation ($input: SetMemberRolesInput!) { setMemberRoles(input: $input) {
  __typename ... on RolesSet { roles } ... on Refusal { message } } }`;
export const MEMBERS = `query ($coopId: ID!, $first: Int, $after: String) {
  members(coopId: $coopId, first: $first, after: $after) {
    edges { node { accountId displayName email roles joinedAt } } pageInfo { hasNextPage endCursor } } }`;
export const REQUEST_CODE = `mutation ($input: RequestSignInCodeInput!) { requestSignInCode(input: $input) {
  __typename ... on SignInCodeSent { challenge } ... on InputRefused { field } ... on TooManyAttempts { retryAfterSeconds } } }`;
export const SIGN_IN_WITH_CODE = `mutation ($input: SignInWithCodeInput!) { signInWithCode(input: $input) {
  __typename ... on SignedIn { accessToken me { accountId email memberships { roles } } } ... on Refusal { message } } }`;
export const REQUEST_RESET = `mutation ($input: RequestPasswordResetInput!) { requestPasswordReset(input: $input) { message } }`;
export const RESET = `mutation ($input: ResetPasswordInput!) { resetPassword(input: $input) {
  __typename ... on PasswordReset { message } ... on Refusal { message } } }`;
export const CREATE_BRAND = `mutation ($input: CreateBrandInput!) { createBrand(input: $input) {
  __typename ... on BrandCreated { brandId } ... on InputRefused { field } } }`;
export const CREATE_KEY = `mutation ($input: CreateApiKeyInput!) { createApiKey(input: $input) {
  __typename ... on ApiKeyCreated { keyId key } ... on InputRefused { field } ... on Refusal { message } } }`;
export const REVOKE_KEY = `mutation ($input: RevokeApiKeyInput!) { revokeApiKey(input: $input) {
  __typename ... on ApiKeyRevoked { keyId } ... on Refusal { message } } }`;
export const KEYS = `query ($brandId: ID!) { apiKeys(brandId: $brandId) { id name scopes revokedAt } }`;

/** What every union answers. */
export interface Outcome {
  readonly __typename: string;
  readonly message?: string;
  readonly field?: string;
}

/** How often each type was answered. */
export function counted(outcomes: readonly Outcome[]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const { __typename: name } of outcomes) counts[name] = (counts[name] ?? 0) + 1;
  return counts;
}

/** Runs `work` for 0 .. count - 1, all at once. */
export async function atOnce<Result>(
  count: number,
  work: (index: number) => Promise<Result>,
): Promise<Result[]> {
  return Promise.all(Array.from({ length: count }, (_, index) => work(index)));
}
