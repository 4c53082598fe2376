/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "service/rules.h"

#include "service/policy.h"

typedef struct
{
  const ProlongOffice *office;
  const ProlongActivationRequest *request;
  const ProlongOffer *offer;
  gint64 now;
} Case;

const char *
prolong_rules_get_product_name (const ProlongOffice *office, const char *product)
{
  const ProlongProduct *known = prolong_profile_find_product (office->profile, product);

  return known ? known->name : product;
}

static gint64
get_end (const ProlongStoreCode *code)
{
  return code->first_activated + code->term;
}

static gboolean
is_blocked (const Case *c, ProlongProblem problem, GVariantDict *details)
{
  return c->offer->code->blocked;
}

static gboolean
is_other_product (const Case *c, ProlongProblem problem, GVariantDict *details)
{
  const ProlongStoreCode *code = c->offer->code;
  const char *wanted = c->offer->current ? c->offer->current->product : c->request->device.product;

  if (c->request->device.product && !g_str_equal (c->request->device.product, code->product))
    wanted = c->request->device.product;
  if (!wanted || g_str_equal (wanted, code->product))
    return FALSE;
  g_variant_dict_insert (details, "product", "s", code->product);
  g_variant_dict_insert (details, "product_name", "s",
                         prolong_rules_get_product_name (c->office, code->product));
  return TRUE;
}

static gboolean
is_current (const Case *c, ProlongProblem problem, GVariantDict *details)
{
  return c->offer->current && c->offer->current->id == c->offer->code->id;
}

static gboolean
is_forbidden_by_policy (const Case *c, ProlongProblem problem, GVariantDict *details)
{
  const ProlongStoreCode *current = c->offer->current;
  const char *add_code = current ? prolong_policy_get_add_code (c->office->policy, current, c->now) : NULL;

  if (g_strcmp0 (add_code, prolong_problem_get_name (problem)) != 0)
    return FALSE;
  /* In grace nobody is told that it runs until a day that is over. */
  if (c->now < get_end (current))
    g_variant_dict_insert (details, "current_expires", "x", get_end (current));
  return TRUE;
}

static gboolean
is_other_version (const Case *c, ProlongProblem problem, GVariantDict *details)
{
  const ProlongStoreCode *code = c->offer->code;
  const char *version = c->request->device.product_version;

  if (!version
      || ((!code->min_version || prolong_version_compare (version, code->min_version) >= 0)
          && (!code->max_version || prolong_version_compare (version, code->max_version) <= 0)))
    return FALSE;
  if (code->min_version)
    g_variant_dict_insert (details, "min_version", "s", code->min_version);
  if (code->max_version)
    g_variant_dict_insert (details, "max_version", "s", code->max_version);
  return TRUE;
}

static gboolean
is_used_up_in_time (const Case *c, ProlongProblem problem, GVariantDict *details)
{
  const ProlongStoreCode *code = c->offer->code;

  if (code->first_activated == 0 || c->now < get_end (code))
    return FALSE;
  g_variant_dict_insert (details, "expires", "x", get_end (code));
  return TRUE;
}

static gboolean
is_too_late (const Case *c, ProlongProblem problem, GVariantDict *details)
{
  const ProlongStoreCode *code = c->offer->code;

  if (code->first_activated != 0 || code->sell_by == 0
      || (c->offer->after ? c->offer->takes_over : c->now) < code->sell_by)
    return FALSE;
  g_variant_dict_insert (details, "expires", "x", code->sell_by);
  return TRUE;
}

/* A code whose term has begun may end before the license that it is to follow. */
static gboolean
ends_too_early (const Case *c, ProlongProblem problem, GVariantDict *details)
{
  gint64 expires = c->offer->starts + c->offer->code->term;

  if (!c->offer->current || c->offer->takes_over == c->now || expires > c->offer->takes_over)
    return FALSE;
  g_variant_dict_insert (details, "expires", "x", expires);
  g_variant_dict_insert (details, "current_expires", "x", c->offer->takes_over);
  if (c->offer->code->first_activated != 0)
    g_variant_dict_insert (details, "first_activated", "x", c->offer->code->first_activated);
  return TRUE;
}

static gboolean
lacks_previous (const Case *c, ProlongProblem problem, GVariantDict *details)
{
  const ProlongOffer *offer = c->offer;

  if (offer->has_previous || offer->shortens)
    return FALSE;
  if (offer->code->shorter_term > 0)
    g_variant_dict_insert (details, "shorter_term", "x", offer->code->shorter_term);
  return TRUE;
}

static gboolean
lacks_previous_code (const Case *c, ProlongProblem problem, GVariantDict *details)
{
  return c->request->previous_code && lacks_previous (c, problem, details);
}

static void
add_holder (GVariantBuilder *list, const ProlongStoreActivation *seat)
{
  g_variant_builder_open (list, G_VARIANT_TYPE ("a{sv}"));
  g_variant_builder_add (list, "{sv}", "id", g_variant_new_string (seat->id));
  g_variant_builder_add (list, "{sv}", "device_name", g_variant_new_string (seat->device_name));
  g_variant_builder_add (list, "{sv}", "last_seen", g_variant_new_int64 (seat->last_seen));
  g_variant_builder_close (list);
}

static gboolean
is_exhausted (const Case *c, ProlongProblem problem, GVariantDict *details)
{
  const GPtrArray *holders = c->offer->holders;
  GVariantBuilder list;

  if (!holders)
    return FALSE;
  g_variant_builder_init (&list, G_VARIANT_TYPE ("aa{sv}"));
  for (guint i = 0; i < holders->len; i++)
    add_holder (&list, g_ptr_array_index (holders, i));
  g_variant_dict_insert_value (details, "seats", g_variant_builder_end (&list));
  g_variant_dict_insert (details, "used", "u", c->offer->used);
  g_variant_dict_insert (details, "limit", "u", c->offer->code->devices);
  return TRUE;
}

/*
 * What stands against a code, now or when it is to take over from another license, in the order of what a
 * person should hear first: the first rule that stands is the answer. Only that one adds to the details.
 */
static const struct
{
  const char *source;
  ProlongProblem problem;
  gboolean (*stands) (const Case *c, ProlongProblem problem, GVariantDict *details);
  const char *words;
} rules[] = {
  { "S3", PROLONG_PROBLEM_CODE_BLOCKED, is_blocked, "The vendor has blocked this code" },
  { "S3", PROLONG_PROBLEM_CODE_WRONG_PRODUCT, is_other_product, "This code is for another product" },
  { "S3", PROLONG_PROBLEM_ALREADY_ADDED, is_current, "This is the code of the license that it is to follow" },
  { "S4", PROLONG_PROBLEM_SUBSCRIPTION_RUNNING, is_forbidden_by_policy,
    "A subscription runs, and no code can be added before its end" },
  { "S3", PROLONG_PROBLEM_TRIAL_RUNNING, is_forbidden_by_policy,
    "A trial runs, and no code can be added before its end" },
  { "S3", PROLONG_PROBLEM_VERSION_INCOMPATIBLE, is_other_version,
    "This code is for another version of the product" },
  { "S3", PROLONG_PROBLEM_CODE_EXPIRED, is_used_up_in_time,
    "The term of this code, which began with its first activation, is over" },
  { "S3", PROLONG_PROBLEM_CODE_EXPIRED, is_too_late, "This code has to be activated earlier" },
  { "S3", PROLONG_PROBLEM_RESERVE_ENDS_TOO_EARLY, ends_too_early,
    "The term of this code, which began with its first activation, ends before the current license" },
  { "S2", PROLONG_PROBLEM_PREVIOUS_LICENSE_REQUIRED, lacks_previous_code,
    "The previous code is not that of another license of this product" },
  { "S2", PROLONG_PROBLEM_PREVIOUS_LICENSE_REQUIRED, lacks_previous,
    "A renewal code needs an earlier license of this device" },
  { "S3", PROLONG_PROBLEM_CODE_EXHAUSTED, is_exhausted, "All devices of this license are in use" },
};

gboolean
prolong_rules_check (const ProlongOffice *office,
                     ProlongStore *store,
                     const ProlongApplication *application,
                     gint64 now,
                     ProlongOffer *offer,
                     GError **error)
{
  const Case c = { office, &application->request, offer, now };
  g_auto (GVariantDict) details = G_VARIANT_DICT_INIT (NULL);

  if (!prolong_offer_find (office, store, application, now, offer, error))
    return FALSE;
  for (guint i = 0; i < G_N_ELEMENTS (rules); i++)
    {
      if (!rules[i].stands (&c, rules[i].problem, &details))
        continue;
      g_propagate_error (error, prolong_problem_error_new (rules[i].problem, g_variant_dict_end (&details),
                                                           "%s", rules[i].words));
      return FALSE;
    }
  return TRUE;
}
