-- SPDX-License-Identifier: GPL-3.0-or-later
-- The fifth schema of the store, as it was in the files that it made. Never change it.
CREATE TABLE meta (name TEXT PRIMARY KEY, value BIGINT NOT NULL);
INSERT INTO meta (name, value) VALUES ('schema', 5);
CREATE TABLE codes ( id INTEGER PRIMARY KEY, lookup BLOB NOT NULL UNIQUE, sealed BLOB NOT NULL, number TEXT NOT NULL UNIQUE, product TEXT NOT NULL, kind INTEGER NOT NULL, term BIGINT NOT NULL, devices INTEGER NOT NULL, renewal INTEGER NOT NULL, blocked INTEGER NOT NULL, min_version TEXT, max_version TEXT, sell_by BIGINT NOT NULL, issued BIGINT NOT NULL, first_activated BIGINT NOT NULL, shorter_term BIGINT NOT NULL DEFAULT 0, shortened INTEGER NOT NULL DEFAULT 0, renews BIGINT NOT NULL DEFAULT 0);
CREATE TABLE activations ( id INTEGER PRIMARY KEY, activation TEXT NOT NULL UNIQUE, code_id BIGINT NOT NULL REFERENCES codes (id), device TEXT NOT NULL, device_name TEXT NOT NULL, product_version TEXT, token BLOB NOT NULL, serial BIGINT NOT NULL, activated BIGINT NOT NULL, last_seen BIGINT NOT NULL, released INTEGER NOT NULL, UNIQUE (code_id, device));
CREATE INDEX activations_device ON activations (device);
CREATE TABLE answers ( id INTEGER PRIMARY KEY, key BLOB NOT NULL UNIQUE, request BLOB NOT NULL, status INTEGER NOT NULL, created BIGINT NOT NULL, body BLOB NOT NULL);
CREATE TABLE audit ( id INTEGER PRIMARY KEY, at BIGINT NOT NULL, event INTEGER NOT NULL, code_id BIGINT NOT NULL, activation_id BIGINT NOT NULL, detail TEXT, order_id BIGINT NOT NULL DEFAULT 0);
CREATE TABLE subscriptions ( code_id BIGINT PRIMARY KEY REFERENCES codes (id), provider TEXT NOT NULL, auto_renewal INTEGER NOT NULL, manage_url TEXT, status_url TEXT);
CREATE INDEX audit_order ON audit (order_id) WHERE order_id <> 0;
CREATE TABLE orders ( id INTEGER PRIMARY KEY, number TEXT NOT NULL UNIQUE, token BLOB NOT NULL, sealed BLOB NOT NULL, email TEXT NOT NULL, country TEXT NOT NULL, language TEXT NOT NULL, payment_method TEXT NOT NULL, currency TEXT NOT NULL, total BIGINT NOT NULL, renews BIGINT NOT NULL, state INTEGER NOT NULL, created BIGINT NOT NULL, due BIGINT NOT NULL);
CREATE INDEX orders_email ON orders (lower (email));
CREATE INDEX orders_due ON orders (due) WHERE due > 0;
CREATE TABLE order_items ( id INTEGER PRIMARY KEY, order_id BIGINT NOT NULL REFERENCES orders (id), offer TEXT NOT NULL, product TEXT NOT NULL, name TEXT NOT NULL, devices INTEGER NOT NULL, years INTEGER NOT NULL, price BIGINT NOT NULL, quantity INTEGER NOT NULL);
CREATE INDEX order_items_order ON order_items (order_id);
CREATE TABLE order_codes ( id INTEGER PRIMARY KEY, order_id BIGINT NOT NULL REFERENCES orders (id), item_id BIGINT NOT NULL REFERENCES order_items (id), code_id BIGINT NOT NULL UNIQUE REFERENCES codes (id));
CREATE INDEX order_codes_order ON order_codes (order_id);
CREATE TABLE mails ( id INTEGER PRIMARY KEY, kind INTEGER NOT NULL, order_id BIGINT REFERENCES orders (id), language TEXT, sealed BLOB NOT NULL, state INTEGER NOT NULL, attempts INTEGER NOT NULL, doubts INTEGER NOT NULL, created BIGINT NOT NULL, due BIGINT NOT NULL, dated BIGINT NOT NULL, reason TEXT);
CREATE INDEX mails_due ON mails (state, due);
CREATE INDEX mails_order ON mails (order_id);
