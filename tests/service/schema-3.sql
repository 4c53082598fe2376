-- SPDX-License-Identifier: GPL-3.0-or-later
-- The third schema of the store, as it was in the files that it made. Never change it.
CREATE TABLE meta (name TEXT PRIMARY KEY, value BIGINT NOT NULL);
INSERT INTO meta (name, value) VALUES ('schema', 3);
CREATE TABLE codes ( id INTEGER PRIMARY KEY, lookup BLOB NOT NULL UNIQUE, sealed BLOB NOT NULL, number TEXT NOT NULL UNIQUE, product TEXT NOT NULL, kind INTEGER NOT NULL, term BIGINT NOT NULL, devices INTEGER NOT NULL, renewal INTEGER NOT NULL, blocked INTEGER NOT NULL, min_version TEXT, max_version TEXT, sell_by BIGINT NOT NULL, issued BIGINT NOT NULL, first_activated BIGINT NOT NULL, shorter_term BIGINT NOT NULL DEFAULT 0, shortened INTEGER NOT NULL DEFAULT 0);
CREATE TABLE activations ( id INTEGER PRIMARY KEY, activation TEXT NOT NULL UNIQUE, code_id BIGINT NOT NULL REFERENCES codes (id), device TEXT NOT NULL, device_name TEXT NOT NULL, product_version TEXT, token BLOB NOT NULL, serial BIGINT NOT NULL, activated BIGINT NOT NULL, last_seen BIGINT NOT NULL, released INTEGER NOT NULL, UNIQUE (code_id, device));
CREATE INDEX activations_device ON activations (device);
CREATE TABLE answers ( id INTEGER PRIMARY KEY, key BLOB NOT NULL UNIQUE, request BLOB NOT NULL, status INTEGER NOT NULL, created BIGINT NOT NULL, body BLOB NOT NULL);
CREATE TABLE audit ( id INTEGER PRIMARY KEY, at BIGINT NOT NULL, event INTEGER NOT NULL, code_id BIGINT NOT NULL, activation_id BIGINT NOT NULL, detail TEXT);
CREATE TABLE subscriptions ( code_id BIGINT PRIMARY KEY REFERENCES codes (id), provider TEXT NOT NULL, auto_renewal INTEGER NOT NULL, manage_url TEXT, status_url TEXT);
