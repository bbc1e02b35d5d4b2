-- What somebody is told, in the pages and by mail, because of something that happened at a provider.
CREATE TABLE notice (
  coop_id uuid NOT NULL,
  id uuid NOT NULL DEFAULT uuidv7(),
  account_id uuid NOT NULL,
  kind text NOT NULL,
  title text NOT NULL,
  body text NOT NULL,
  -- A page of this installation, from its slash on.
  link text NOT NULL,
  created_at timestamptz NOT NULL,
  read_at timestamptz,
  CONSTRAINT notice_pkey PRIMARY KEY (coop_id, id),
  CONSTRAINT notice_coop FOREIGN KEY (coop_id) REFERENCES coop (id),
  CONSTRAINT notice_account FOREIGN KEY (account_id) REFERENCES account (id),
  CONSTRAINT notice_kind_form CHECK (kind ~ '^[a-z][a-z_]{0,47}$'),
  CONSTRAINT notice_title_form CHECK (length(title) BETWEEN 1 AND 200 AND title !~ '[[:cntrl:]]'),
  CONSTRAINT notice_body_length CHECK (length(body) <= 4000),
  CONSTRAINT notice_link_form CHECK (link ~ '^/([^/[:space:]][^[:space:]]*)?$')
);
CREATE INDEX notice_by_account ON notice (account_id, id);
CREATE INDEX notice_unread ON notice (account_id, id) WHERE read_at IS NULL;
