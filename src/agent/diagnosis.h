/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "agent/engine.h"

G_BEGIN_DECLS

/** ProlongDiagnosisDesktop: states of what the engine does not know; none is %NULL. */
typedef struct
{
  const char *tray;
  const char *keyring;
  const char *start_at_login;
} ProlongDiagnosisDesktop;

/**
 * prolong_diagnosis_new:
 * @vendor: whose support is to help; nothing is told of the licenses of others
 *
 * Versions, states and the newest problems of this device, in English, for the vendor's support. Only words
 * that Prolong, the profile and the system chose go into it; all of it is redacted besides.
 *
 * Returns: (transfer full): lines of text, at most %PROLONG_SUPPORT_MAX_DIAGNOSIS bytes.
 */
char *
prolong_diagnosis_new (ProlongEngine *engine, ProlongVendor *vendor, const ProlongDiagnosisDesktop *desktop);

/** prolong_diagnosis_list_names: (transfer full): the names of this device and of who uses it, as far as it
 * knows them. */
char **prolong_diagnosis_list_names (ProlongEngine *engine);

G_END_DECLS
