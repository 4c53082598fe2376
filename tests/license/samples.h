/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "license/ticket.h"

G_BEGIN_DECLS

#define SAMPLE_KID "demo-1"
#define SAMPLE_ISSUER "demo"
#define SAMPLE_DEVICE "dddddddddddddddddddddddddddddddddddddddddds"
#define SAMPLE_NONCE "nnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnk"

/* 2026-11-21 12:00:00 UTC, and a term of 365 days. */
#define SAMPLE_START G_GINT64_CONSTANT (1795262400)
#define SAMPLE_END (SAMPLE_START + 365 * G_GINT64_CONSTANT (86400))

/** sample_key: (transfer full): the signing key of the demo service. */
ProlongSigningKey *sample_key (void);

/** sample_keys: (transfer full): what a profile pins for @key. */
GHashTable *sample_keys (ProlongSigningKey *key);

/** sample_ticket: (transfer full): a subscription with every claim. */
ProlongTicket *sample_ticket (void);

G_END_DECLS
