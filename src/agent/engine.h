/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "agent/context.h"
#include "agent/license.h"
#include "agent/operation.h"
#include "agent/vendor.h"

G_BEGIN_DECLS

/**
 * ProlongEngine:
 *
 * Everything that the agent does, without a bus: vendors, licenses and operations, and the one alarm that wakes them.
 *
 * Emits `license-added` and `license-removed` (#ProlongLicense), `operation-added` and `operation-removed`
 * (#ProlongOperation), and `changed` when vendors, the newest experience with a service or the reasons to stay changed.
 */
#define PROLONG_TYPE_ENGINE (prolong_engine_get_type ())
G_DECLARE_FINAL_TYPE (ProlongEngine, prolong_engine, PROLONG, ENGINE, GObject)

ProlongEngine *prolong_engine_new (ProlongClock *clock, ProlongStore *store, ProlongKeyring *keyring);

/**
 * prolong_engine_load:
 *
 * Reads profiles, licenses and journals, before the main loop runs, so that the first question is answered in full.
 */
void prolong_engine_load (ProlongEngine *engine);

/** prolong_engine_resume: goes on with what was under way; to be called once clients can see it. */
void prolong_engine_resume (ProlongEngine *engine);

/** prolong_engine_read_profiles: looks whether profiles came or changed. */
void prolong_engine_read_profiles (ProlongEngine *engine);

GPtrArray *prolong_engine_get_vendors (ProlongEngine *engine);    /* (element-type ProlongVendor) */
GPtrArray *prolong_engine_get_licenses (ProlongEngine *engine);   /* (element-type ProlongLicense) */
GPtrArray *prolong_engine_get_operations (ProlongEngine *engine); /* (element-type ProlongOperation) */

/** prolong_engine_get_service_state: `unknown`, `ok` or the name of the newest problem with a service. */
const char *prolong_engine_get_service_state (ProlongEngine *engine);

/** prolong_engine_has_work: whether there is a license or an operation, and so a reason to stay. */
gboolean prolong_engine_has_work (ProlongEngine *engine);

/** prolong_engine_dup_product_version: (transfer full): registered by the product or stated in the profile, or "". */
char *prolong_engine_dup_product_version (ProlongEngine *engine, const char *vendor, const char *product);

/**
 * prolong_engine_add_code_async:
 * @vendor: id of a vendor; may be empty when there is only one
 * @product: id of a product, or empty
 * @text: what the person typed
 *
 * Checks the code and the rules known here. Where the product is not named and a license of that vendor runs, the
 * service is asked first what the code is for, so that a running license is never replaced unasked.
 */
void prolong_engine_add_code_async (ProlongEngine *engine, const char *vendor, const char *product, const char *text,
                                    GAsyncReadyCallback callback, gpointer user_data);

/** prolong_engine_add_code_finish: (transfer full): the operation, which may be one that was under way already. */
ProlongOperation *prolong_engine_add_code_finish (ProlongEngine *engine, GAsyncResult *result, GError **error)
    G_GNUC_WARN_UNUSED_RESULT;

/** prolong_engine_preflight_async: asks the service what a code would give this device. */
void prolong_engine_preflight_async (ProlongEngine *engine, const char *vendor, const char *product, const char *text,
                                     GAsyncReadyCallback callback, gpointer user_data);

/**
 * prolong_engine_preflight_finish:
 *
 * Returns: (transfer full): an `a{sv}` as Preflight of Manager1 answers; a refusal is a verdict, not an error.
 */
GVariant *prolong_engine_preflight_finish (ProlongEngine *engine, GAsyncResult *result, GError **error)
    G_GNUC_WARN_UNUSED_RESULT;

/** prolong_engine_register_product_async: remembers the installed version of a product; empty forgets it. */
void prolong_engine_register_product_async (ProlongEngine *engine, const char *vendor, const char *product,
                                            const char *version, GAsyncReadyCallback callback, gpointer user_data);
gboolean prolong_engine_register_product_finish (ProlongEngine *engine, GAsyncResult *result, GError **error);

/** prolong_engine_dismiss: takes an operation that has ended off the list. */
gboolean prolong_engine_dismiss (ProlongEngine *engine, ProlongOperation *operation, GError **error);

G_END_DECLS
