-- Global: a person or a brand, in any number of co-ops.
CREATE TABLE account (
  id uuid NOT NULL DEFAULT uuidv7(),
  kind text NOT NULL,
  email text,
  display_name text NOT NULL,
  password_hash text,
  owner_id uuid,
  created_at timestamptz NOT NULL,
  CONSTRAINT account_pkey PRIMARY KEY (id),
  CONSTRAINT account_email_once UNIQUE (email),
  CONSTRAINT account_owner FOREIGN KEY (owner_id) REFERENCES account (id),
  CONSTRAINT account_kind CHECK (kind IN ('person', 'brand')),
  CONSTRAINT account_person_has_email CHECK (kind <> 'person' OR email IS NOT NULL),
  CONSTRAINT account_brand_has_owner CHECK ((kind = 'brand') = (owner_id IS NOT NULL)),
  CONSTRAINT account_email_lower CHECK (email = lower(email))
);

-- Global: the tenants themselves.
CREATE TABLE coop (
  id uuid NOT NULL DEFAULT uuidv7(),
  kind text NOT NULL,
  slug text NOT NULL,
  name text NOT NULL,
  currency text NOT NULL,
  domain text NOT NULL,
  gtin_prefix text NOT NULL,
  next_item integer NOT NULL DEFAULT 1,
  hold_limit integer NOT NULL DEFAULT 3,
  created_at timestamptz NOT NULL,
  CONSTRAINT coop_pkey PRIMARY KEY (id),
  CONSTRAINT coop_slug_once UNIQUE (slug),
  CONSTRAINT coop_gtin_prefix_once UNIQUE (gtin_prefix),
  CONSTRAINT coop_kind CHECK (kind IN ('coop', 'brand')),
  CONSTRAINT coop_slug_form CHECK (slug ~ '^[a-z0-9][a-z0-9-]{1,47}$'),
  CONSTRAINT coop_currency_form CHECK (currency ~ '^[A-Z]{3}$'),
  CONSTRAINT coop_gtin_prefix_form CHECK (gtin_prefix ~ '^[0-9]{6,10}$'),
  CONSTRAINT coop_hold_limit_range CHECK (hold_limit BETWEEN 1 AND 50)
);

CREATE TABLE membership (
  coop_id uuid NOT NULL,
  account_id uuid NOT NULL,
  roles text[] NOT NULL,
  joined_at timestamptz NOT NULL,
  removed_at timestamptz,
  CONSTRAINT membership_pkey PRIMARY KEY (coop_id, account_id),
  CONSTRAINT membership_coop FOREIGN KEY (coop_id) REFERENCES coop (id),
  CONSTRAINT membership_account FOREIGN KEY (account_id) REFERENCES account (id),
  CONSTRAINT membership_roles_known CHECK (roles <@ ARRAY['member', 'operator', 'treasurer', 'admin'] AND cardinality(roles) > 0)
);
CREATE INDEX membership_by_account ON membership (account_id);

CREATE TABLE invitation (
  coop_id uuid NOT NULL,
  id uuid NOT NULL DEFAULT uuidv7(),
  email text NOT NULL,
  roles text[] NOT NULL,
  token_hash bytea NOT NULL,
  invited_by uuid NOT NULL,
  expires_at timestamptz NOT NULL,
  accepted_at timestamptz,
  CONSTRAINT invitation_pkey PRIMARY KEY (coop_id, id),
  CONSTRAINT invitation_coop FOREIGN KEY (coop_id) REFERENCES coop (id),
  CONSTRAINT invitation_inviter FOREIGN KEY (coop_id, invited_by) REFERENCES membership (coop_id, account_id)
);
CREATE INDEX invitation_by_token ON invitation (token_hash);

-- Global, like all that belongs to a person and not to a co-op.
CREATE TABLE session (
  id uuid NOT NULL DEFAULT uuidv7(),
  account_id uuid NOT NULL,
  method text NOT NULL,
  created_at timestamptz NOT NULL,
  expires_at timestamptz NOT NULL,
  revoked_at timestamptz,
  CONSTRAINT session_pkey PRIMARY KEY (id),
  CONSTRAINT session_account FOREIGN KEY (account_id) REFERENCES account (id),
  CONSTRAINT session_method CHECK (method IN ('password', 'code'))
);
CREATE INDEX session_by_account ON session (account_id) WHERE revoked_at IS NULL;

CREATE TABLE refresh_token (
  id uuid NOT NULL DEFAULT uuidv7(),
  session_id uuid NOT NULL,
  token_hash bytea NOT NULL,
  issued_at timestamptz NOT NULL,
  rotated_at timestamptz,
  CONSTRAINT refresh_token_pkey PRIMARY KEY (id),
  CONSTRAINT refresh_token_once UNIQUE (token_hash),
  CONSTRAINT refresh_token_session FOREIGN KEY (session_id) REFERENCES session (id)
);
CREATE INDEX refresh_token_by_session ON refresh_token (session_id);

CREATE TABLE sign_in_code (
  id uuid NOT NULL DEFAULT uuidv7(),
  email text NOT NULL,
  code_hash bytea NOT NULL,
  browser_hash bytea NOT NULL,
  tries integer NOT NULL DEFAULT 0,
  expires_at timestamptz NOT NULL,
  used_at timestamptz,
  CONSTRAINT sign_in_code_pkey PRIMARY KEY (id),
  CONSTRAINT sign_in_code_tries CHECK (tries BETWEEN 0 AND 5)
);
CREATE INDEX sign_in_code_by_email ON sign_in_code (email, expires_at);

CREATE TABLE password_reset (
  id uuid NOT NULL DEFAULT uuidv7(),
  account_id uuid NOT NULL,
  token_hash bytea NOT NULL,
  expires_at timestamptz NOT NULL,
  used_at timestamptz,
  CONSTRAINT password_reset_pkey PRIMARY KEY (id),
  CONSTRAINT password_reset_once UNIQUE (token_hash),
  CONSTRAINT password_reset_account FOREIGN KEY (account_id) REFERENCES account (id)
);

CREATE TABLE api_key (
  id uuid NOT NULL DEFAULT uuidv7(),
  account_id uuid NOT NULL,
  name text NOT NULL,
  key_hash bytea NOT NULL,
  scopes text[] NOT NULL,
  created_at timestamptz NOT NULL,
  revoked_at timestamptz,
  CONSTRAINT api_key_pkey PRIMARY KEY (id),
  CONSTRAINT api_key_once UNIQUE (key_hash),
  CONSTRAINT api_key_account FOREIGN KEY (account_id) REFERENCES account (id),
  CONSTRAINT api_key_scopes_known CHECK (scopes <@ ARRAY['capacity:read', 'catalog:read', 'orders:write'] AND cardinality(scopes) > 0)
);
CREATE INDEX api_key_by_account ON api_key (account_id);
