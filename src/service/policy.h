/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "service/store/store.h"

G_BEGIN_DECLS

/** The licenses between which a vendor's policy tells apart. */
typedef enum
{
  PROLONG_POLICY_TRIAL,
  PROLONG_POLICY_COMMERCIAL,
  PROLONG_POLICY_SUBSCRIPTION,        /* renews by itself */
  PROLONG_POLICY_SUBSCRIPTION_ENDING, /* it does not: turned off, cancelled, or not paid */
  PROLONG_N_POLICIES
} ProlongPolicyKind;

/** What the vendor decides and the service keeps to. Strings are static. */
typedef struct
{
  const char
      *add_code[PROLONG_N_POLICIES]; /* while such a license runs: "allowed", or the name of a problem */
} ProlongPolicy;

typedef enum
{
  PROLONG_POLICY_ERROR_VALUE, /* the file says what cannot be */
} ProlongPolicyError;

#define PROLONG_POLICY_ERROR (prolong_policy_error_quark ())
GQuark prolong_policy_error_quark (void);

/**
 * prolong_policy_read:
 * @file: service.conf, of which the group `AddCode` is read; what it leaves open is as S3 and S4 have it
 */
gboolean
prolong_policy_read (ProlongPolicy *policy, GKeyFile *file, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/** prolong_policy_describe: (transfer full): the group `AddCode` as it is when nothing is decided. */
char *prolong_policy_describe (void);

/** prolong_license_get_grace_end: until when a license that was activated counts; at least its end. */
gint64 prolong_license_get_grace_end (const ProlongStoreCode *code);

/** prolong_license_get_status: of a license that was activated. */
ProlongLicenseStatus prolong_license_get_status (const ProlongStoreCode *code, gint64 now);

/** prolong_policy_get_add_code: "allowed", or the name of the problem that forbids a further code now. When
 * its period is over, a subscription forbids one only while it is to renew by itself. */
const char *
prolong_policy_get_add_code (const ProlongPolicy *policy, const ProlongStoreCode *code, gint64 now);

G_END_DECLS
