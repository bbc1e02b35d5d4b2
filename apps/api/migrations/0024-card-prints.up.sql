-- Who printed which card and when: each card carries the key of its piece.
CREATE TABLE card_print (
  coop_id uuid NOT NULL,
  id uuid NOT NULL,
  certificate_id uuid NOT NULL,
  printed_by uuid NOT NULL,
  printed_at timestamptz NOT NULL,
  CONSTRAINT card_print_pkey PRIMARY KEY (coop_id, id),
  CONSTRAINT card_print_certificate FOREIGN KEY (coop_id, certificate_id) REFERENCES certificate (coop_id, id),
  CONSTRAINT card_print_printed_by FOREIGN KEY (printed_by) REFERENCES account (id)
);
CREATE INDEX card_print_by_certificate ON card_print (coop_id, certificate_id, id);
