/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "bus/words.h"

#include "bus/entries.h"
#include "config.h"

#include <glib/gi18n-lib.h>

#include "license/profile.h"

/* Names from outside become part of a sentence: longer ones are cut, and so many are listed. */
#define MAX_NAME_CHARACTERS 60
#define MAX_NAMES 5

/** What the details of a problem say. */
typedef struct
{
  guint limit;
  char *product_name;
  char *min_version;
  char *max_version;
  gint64 expires;
  gint64 current_expires;
  gint64 first_activated;
  gint64 turn;
  gint64 retry_after;
  gint64 shorter_term;
  char *provider;
  char *manage_url; /* empty unless it may be opened */
  char *seats;      /* names of the devices, separated by commas */
} Facts;

static const ProlongEntry fact_fields[] = {
  PROLONG_ENTRY ("limit", UINT, Facts, limit),
  PROLONG_ENTRY ("product_name", STRING, Facts, product_name),
  PROLONG_ENTRY ("min_version", STRING, Facts, min_version),
  PROLONG_ENTRY ("max_version", STRING, Facts, max_version),
  PROLONG_ENTRY ("expires", INT64, Facts, expires),
  PROLONG_ENTRY ("current_expires", INT64, Facts, current_expires),
  PROLONG_ENTRY ("first_activated", INT64, Facts, first_activated),
  PROLONG_ENTRY ("turn", INT64, Facts, turn),
  PROLONG_ENTRY ("retry_after", INT64, Facts, retry_after),
  PROLONG_ENTRY ("shorter_term", INT64, Facts, shorter_term),
  PROLONG_ENTRY ("provider", STRING, Facts, provider),
  PROLONG_ENTRY ("manage_url", STRING, Facts, manage_url),
};

static char *
tidy_name (const char *name)
{
  g_autofree char *valid = g_utf8_make_valid (name, -1);
  GString *tidy = g_string_new (NULL);
  glong n_characters = 0;

  for (const char *p = valid; *p != '\0' && n_characters < MAX_NAME_CHARACTERS; p = g_utf8_next_char (p))
    if (g_unichar_isprint (g_utf8_get_char (p)))
      {
        g_string_append_unichar (tidy, g_utf8_get_char (p));
        n_characters++;
      }
  return g_strstrip (g_string_free (tidy, FALSE));
}

static void
tidy_fact (char **fact)
{
  char *tidy = tidy_name (*fact);

  g_free (*fact);
  *fact = tidy;
}

static char *
list_seats (GVariant *details)
{
  g_autoptr (GPtrArray) names = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GVariant) seats = NULL;

  if (details != NULL && g_variant_is_of_type (details, G_VARIANT_TYPE_VARDICT))
    seats = g_variant_lookup_value (details, "seats", G_VARIANT_TYPE ("aa{sv}"));

  for (gsize i = 0; seats != NULL && i < g_variant_n_children (seats) && names->len < MAX_NAMES; i++)
    {
      g_autoptr (GVariant) seat = g_variant_get_child_value (seats, i);
      g_autofree char *name = NULL;

      if (g_variant_lookup (seat, "device_name", "s", &name))
        {
          tidy_fact (&name);
          if (*name != '\0')
            g_ptr_array_add (names, g_steal_pointer (&name));
        }
    }
  g_ptr_array_add (names, NULL);
  return g_strjoinv (", ", (char **)names->pdata);
}

static void
facts_read (Facts *facts, GVariant *details)
{
  prolong_entries_read (fact_fields, G_N_ELEMENTS (fact_fields), details, facts);
  tidy_fact (&facts->product_name);
  tidy_fact (&facts->min_version);
  tidy_fact (&facts->max_version);
  tidy_fact (&facts->provider);
  if (!prolong_url_is_safe (facts->manage_url))
    *facts->manage_url = '\0';
  facts->seats = list_seats (details);
}

static void
facts_clear (Facts *facts)
{
  prolong_entries_clear (fact_fields, G_N_ELEMENTS (fact_fields), facts);
  g_free (facts->seats);
}

static void
tell_exhausted (const Facts *facts, ProlongWords *words)
{
  g_autofree char *what = NULL;

  if (facts->limit == 0)
    return;

  what = g_strdup_printf (
      /* Translators: %u is a number of devices. */
      g_dngettext (
          GETTEXT_PACKAGE, "This activation code is for %u device, and it is already in use on another one.",
          "This activation code is for %u devices, and it is already in use on all of them.", facts->limit),
      facts->limit);
  if (*facts->seats == '\0')
    words->what = g_steal_pointer (&what);
  else
    /* Translators: the first %s is a sentence, the second is names of devices, separated by commas. */
    words->what = g_strdup_printf (_ ("%s In use on: %s."), what, facts->seats);
}

static void
tell_expired (const Facts *facts, ProlongWords *words)
{
  g_autofree char *date = prolong_words_date (facts->expires);

  if (facts->expires > 0)
    /* Translators: %s is a date. */
    words->what = g_strdup_printf (_ ("This activation code expired on %s."), date);
}

static void
tell_wrong_product (const Facts *facts, ProlongWords *words)
{
  if (*facts->product_name == '\0')
    return;
  /* Translators: %s is the name of a product. */
  words->what = g_strdup_printf (_ ("This activation code is for another product: %s."), facts->product_name);
  /* Translators: %s is the name of a product. */
  words->way_out = g_strdup_printf (
      _ ("Choose %s and enter the code there, or enter a code for this product."), facts->product_name);
}

static void
tell_version (const Facts *facts, ProlongWords *words)
{
  if (*facts->min_version != '\0')
    {
      /* Translators: %s is a version number. */
      words->what = g_strdup_printf (
          _ ("This activation code needs version %s of the product, or a newer one."), facts->min_version);
      words->way_out = g_strdup (_ ("Update the product, and then enter the code again."));
    }
  else if (*facts->max_version != '\0')
    {
      /* Translators: %s is a version number. */
      words->what = g_strdup_printf (_ ("This activation code is for versions of the product up to %s."),
                                     facts->max_version);
      words->way_out = g_strdup (_ ("Ask the vendor’s support for a code that fits your version."));
    }
}

static gint64
running_until (const Facts *facts)
{
  return facts->current_expires > 0 ? facts->current_expires : facts->expires;
}

static void
tell_subscription (const Facts *facts, ProlongWords *words)
{
  g_autofree char *date = prolong_words_date (running_until (facts));

  if (running_until (facts) > 0)
    /* Translators: %s is a date. */
    words->what = g_strdup_printf (_ ("A subscription for this product is running, until %s."), date);
}

static void
tell_trial (const Facts *facts, ProlongWords *words)
{
  g_autofree char *date = prolong_words_date (running_until (facts));

  if (running_until (facts) > 0)
    /* Translators: %s is a date. */
    words->what = g_strdup_printf (_ ("A trial of this product is running, until %s."), date);
}

static void
tell_license (const Facts *facts, ProlongWords *words)
{
  g_autofree char *date = prolong_words_date (running_until (facts));

  if (running_until (facts) > 0)
    /* Translators: %s is a date. */
    words->what = g_strdup_printf (_ ("A license for this product is running, until %s."), date);
}

static void
tell_before_turn (const Facts *facts, ProlongWords *words)
{
  g_autofree char *reserve = prolong_words_date (facts->expires);
  g_autofree char *turn = prolong_words_date (facts->turn);
  g_autofree char *first = prolong_words_date (facts->first_activated);

  /* Translators: both %s are dates; its turn comes behind other reserve codes. */
  words->what = g_strdup_printf (_ ("This code ends on %s, before its turn comes on %s."), reserve, turn);
  words->way_out
      /* Translators: %s is a date. */
      = g_strdup_printf (
          _ ("It was first used on %s, and its term counts from that day. Move it up, so that it takes "
             "over earlier, or use it on another device."),
          first);
}

static void
tell_too_early (const Facts *facts, ProlongWords *words)
{
  g_autofree char *reserve = prolong_words_date (facts->expires);
  g_autofree char *current = prolong_words_date (facts->current_expires);
  g_autofree char *first = prolong_words_date (facts->first_activated);

  if (facts->expires > 0 && facts->turn > 0 && facts->first_activated > 0)
    {
      tell_before_turn (facts, words);
      return;
    }
  if (facts->expires <= 0 || facts->current_expires <= 0)
    return;
  if (g_str_equal (reserve, current))
    /* Translators: %s is a date. */
    words->what = g_strdup_printf (_ ("This code ends on %s, no later than the current license."), reserve);
  else
    /* Translators: both %s are dates. */
    words->what = g_strdup_printf (_ ("This code ends on %s, before the current license, which ends on %s."),
                                   reserve, current);
  if (facts->first_activated > 0)
    words->way_out
        /* Translators: %s is a date. */
        = g_strdup_printf (
            _ ("It was first used on %s, and its term counts from that day. Use it on another device, "
               "or ask the vendor to exchange it."),
            first);
}

static void
tell_previous (const Facts *facts, ProlongWords *words)
{
  g_autofree char *term = prolong_words_term (facts->shorter_term);

  if (facts->shorter_term > 0)
    words->way_out
        /* Translators: %s is a length of time, for example "300 days". */
        = g_strdup_printf (
            _ ("Enter the code of the earlier license as well, or go on without it: the license then "
               "lasts %s."),
            term);
}

static void
tell_managed (const Facts *facts, ProlongWords *words)
{
  if (*facts->provider != '\0')
    /* Translators: %s is the name of a company. */
    words->what = g_strdup_printf (_ ("This subscription is managed by %s."), facts->provider);
  if (*facts->manage_url != '\0')
    /* Translators: %s is an address of the web. */
    words->way_out = g_strdup_printf (_ ("Turn auto-renewal on or off there: %s"), facts->manage_url);
  else if (*facts->provider != '\0')
    /* Translators: %s is the name of a company. */
    words->way_out
        = g_strdup_printf (_ ("Ask the support of %s to turn auto-renewal on or off."), facts->provider);
}

static void
tell_subscription_ended (const Facts *facts, ProlongWords *words)
{
  g_autofree char *date = prolong_words_date (facts->expires);

  if (facts->expires > 0)
    /* Translators: %s is a date. */
    words->way_out = g_strdup_printf (
        _ ("What you have paid for works until %s. Enter an activation code then, or buy a "
           "new license."),
        date);
}

static void
tell_rate (const Facts *facts, ProlongWords *words)
{
  guint minutes = (guint)CLAMP ((facts->retry_after - 1) / 60 + 1, 1, 24 * 60);

  if (facts->retry_after > 0)
    words->way_out = g_strdup_printf (
        /* Translators: %u is a number of minutes. */
        g_dngettext (GETTEXT_PACKAGE, "Try again in %u minute.", "Try again in %u minutes.", minutes),
        minutes);
}

/* In the order of ProlongProblem; `tell` makes better words where the details allow it. */
static const struct
{
  const char *what;
  const char *way_out;
  void (*tell) (const Facts *facts, ProlongWords *words);
} problems[] = {
  [PROLONG_PROBLEM_REQUEST_IN_FLIGHT]
  = { N_ ("This is already under way."), N_ ("Wait until it is finished; the result is shown by itself."),
      NULL },
  [PROLONG_PROBLEM_CODE_MALFORMED]
  = { N_ ("This is not a valid activation code."),
      N_ ("Compare it with the license e‑mail, symbol by symbol, and enter it again."), NULL },
  [PROLONG_PROBLEM_CODE_UNKNOWN] = { N_ ("The vendor does not know this activation code."),
                                     N_ ("Compare it with the license e‑mail, symbol by symbol. If it is the "
                                         "same there, ask the vendor’s support."),
                                     NULL },
  [PROLONG_PROBLEM_CODE_EXHAUSTED]
  = { N_ ("This activation code is already in use on as many devices as it allows."),
      N_ ("Release the seat of a device that you no longer use, or buy a license for more devices."),
      tell_exhausted },
  [PROLONG_PROBLEM_CODE_EXPIRED]
  = { N_ ("This activation code has expired."),
      N_ ("Buy a new license in the vendor’s shop and enter its code, or enter another code that you have."),
      tell_expired },
  [PROLONG_PROBLEM_CODE_BLOCKED]
  = { N_ ("The vendor has blocked this activation code."),
      N_ ("Ask the vendor’s support for the reason, with your order number at hand, or enter another code."),
      NULL },
  [PROLONG_PROBLEM_CODE_WRONG_PRODUCT]
  = { N_ ("This activation code is for another product."),
      N_ ("Choose the product that the code was bought for, or enter a code for this product."),
      tell_wrong_product },
  [PROLONG_PROBLEM_PREVIOUS_LICENSE_REQUIRED]
  = { N_ ("This is a renewal code, and no earlier license was found for it."),
      N_ ("Enter the code of the earlier license as well, or buy a new license."), tell_previous },
  [PROLONG_PROBLEM_VERSION_INCOMPATIBLE]
  = { N_ ("This activation code does not fit the installed version of the product."),
      N_ ("Update the product and enter the code again, or ask the vendor’s support for a code that fits "
          "your version."),
      tell_version },
  [PROLONG_PROBLEM_SUBSCRIPTION_RUNNING] = { N_ ("A subscription for this product is running."),
                                             N_ ("Enter the code when the subscription has ended; if it "
                                                 "renews by itself, turn auto-renewal off first."),
                                             tell_subscription },
  [PROLONG_PROBLEM_TRIAL_RUNNING]
  = { N_ ("A trial of this product is running."),
      N_ ("Keep the code in a safe place, and enter it when the trial has ended."), tell_trial },
  [PROLONG_PROBLEM_LICENSE_RUNNING]
  = { N_ ("A license for this product is running."),
      N_ ("The reserve code takes over by itself when this license ends."), tell_license },
  [PROLONG_PROBLEM_RESERVE_ENDS_TOO_EARLY]
  = { N_ ("This code ends before the current license."),
      N_ ("It would add nothing here. Use it on another device, or ask the vendor to exchange it."),
      tell_too_early },
  [PROLONG_PROBLEM_ALREADY_ADDED] = { N_ ("This activation code has already been added."),
                                      N_ ("It is in use, or it is a reserve code and takes over by itself. "
                                          "To add another license, enter another code."),
                                      NULL },
  [PROLONG_PROBLEM_NO_LICENSE]
  = { N_ ("No license is running on this device."),
      N_ ("Activate a code now; the code of an earlier license can be entered again."), NULL },
  [PROLONG_PROBLEM_NO_SUBSCRIPTION]
  = { N_ ("This license does not renew by itself."),
      N_ ("There is nothing to turn on or off. Renew the license before it ends."), NULL },
  [PROLONG_PROBLEM_PROVIDER_MANAGED]
  = { N_ ("This subscription is managed by its provider."),
      N_ ("Turn auto-renewal on or off there: where you bought the subscription."), tell_managed },
  [PROLONG_PROBLEM_SUBSCRIPTION_ENDED]
  = { N_ ("The auto-renewal of this subscription cannot be turned on any more."),
      N_ ("What you have paid for works until its end. Enter an activation code then, or buy a new license."),
      tell_subscription_ended },
  [PROLONG_PROBLEM_ACCOUNT_REQUIRED]
  = { N_ ("This activation code needs an account with the vendor."),
      N_ ("Connect the account that the license was bought with, and enter the code again."), NULL },
  [PROLONG_PROBLEM_NUMBER_MALFORMED]
  = { N_ ("This is not a license number."),
      N_ ("Enter it as it stands in the license e‑mail or on the License panel."), NULL },
  [PROLONG_PROBLEM_NUMBER_UNKNOWN]
  = { N_ ("The vendor does not know this license number."),
      N_ ("Compare it with the license e‑mail, digit by digit, and try again."), NULL },
  [PROLONG_PROBLEM_ORDER_UNKNOWN]
  = { N_ ("The vendor does not know this order number."),
      N_ ("Compare it with the confirmation of the order, and try again."), NULL },
  [PROLONG_PROBLEM_ORDER_CLOSED]
  = { N_ ("This order was cancelled, or was not paid in time."),
      N_ ("Place a new order. If you have paid this one, ask the vendor’s support."), NULL },
  [PROLONG_PROBLEM_PRICE_CHANGED]
  = { N_ ("The price has changed since you chose."),
      N_ ("Nothing was ordered. Look at the new price, and order again if you agree."), NULL },
  [PROLONG_PROBLEM_EMAIL_MALFORMED]
  = { N_ ("This is not an e‑mail address."),
      N_ ("Look for a typing error: the vendor writes to this address."), NULL },
  [PROLONG_PROBLEM_PAYMENT_METHOD_UNAVAILABLE]
  = { N_ ("This way of paying is not offered in your country."),
      N_ ("Choose another way of paying, and order again."), NULL },
  [PROLONG_PROBLEM_RATE_LIMITED] = { N_ ("There were too many attempts in a short time."),
                                     N_ ("Wait a few minutes, and try again."), tell_rate },
  [PROLONG_PROBLEM_SERVICE_UNAVAILABLE]
  = { N_ ("The vendor’s service cannot be reached."),
      N_ ("Check the network connection, and try again. A license that you have stays valid meanwhile."),
      NULL },
  [PROLONG_PROBLEM_SERVICE_UNTRUSTED]
  = { N_ ("The answer did not come from the vendor, or was changed on the way."),
      N_ ("Nothing was changed on this device. Try again on another network; if that does not help, ask the "
          "vendor’s "
          "support."),
      NULL },
  [PROLONG_PROBLEM_KEYRING_LOCKED] = { N_ ("The keyring, in which codes are kept, is locked."),
                                       N_ ("Unlock it with your password, and try again."), NULL },
  [PROLONG_PROBLEM_KEYRING_UNAVAILABLE] = { N_ ("There is no keyring in which the code could be kept."),
                                            N_ ("Enter the code again to go on. With a keyring, such as "
                                                "GNOME Keyring or KWallet, it is kept for you."),
                                            NULL },
  [PROLONG_PROBLEM_STORAGE_FULL]
  = { N_ ("There is no room left on the disk."), N_ ("Free some space, and try again."), NULL },
  [PROLONG_PROBLEM_CLOCK_BEHIND]
  = { N_ ("The clock of this device is behind."), N_ ("Set date and time right, and try again."), NULL },
  [PROLONG_PROBLEM_PROFILE_INVALID] = { N_ ("This file is no vendor profile, or it is damaged."),
                                        N_ ("Ask the vendor for the file once more."), NULL },
  [PROLONG_PROBLEM_VENDOR_INSTALLED]
  = { N_ ("The profile of this vendor came with a product, or from whoever looks after this computer."),
      N_ ("It is kept up to date from there; nothing needs to be added or removed here."), NULL },
  [PROLONG_PROBLEM_VENDOR_OTHER_KEYS]
  = { N_ ("This profile has the name of a vendor whose licenses you hold, but not its keys."),
      N_ ("It may be of somebody else, so nothing was changed. Ask the vendor whether the file is theirs."),
      NULL },
  [PROLONG_PROBLEM_VENDOR_IN_USE] = { N_ ("Licenses or codes of this vendor are on this device."),
                                      N_ ("Remove them first; then the vendor can be removed."), NULL },
  [PROLONG_PROBLEM_CANCELLED] = { N_ ("The activation was cancelled."),
                                  N_ ("The code was not used. Enter it again whenever you like."), NULL },
};
G_STATIC_ASSERT (G_N_ELEMENTS (problems) == PROLONG_N_PROBLEMS);

void
prolong_words_for_problem (ProlongProblem problem, GVariant *details, ProlongWords *words)
{
  Facts facts = { 0 };

  g_return_if_fail (problem < PROLONG_N_PROBLEMS);

  words->what = NULL;
  words->way_out = NULL;
  facts_read (&facts, details);
  if (problems[problem].tell != NULL)
    problems[problem].tell (&facts, words);
  facts_clear (&facts);

  if (words->what == NULL)
    words->what = g_strdup (_ (problems[problem].what));
  if (words->way_out == NULL)
    words->way_out = g_strdup (_ (problems[problem].way_out));
}

void
prolong_words_for_error (const GError *error, ProlongWords *words)
{
  if (error->domain == PROLONG_PROBLEM)
    {
      prolong_words_for_problem (error->code, prolong_problem_error_get_details (error), words);
      return;
    }
  words->what = g_strdup (_ ("Prolong could not do that."));
  words->way_out = g_strdup (_ ("Try again."));
}

void
prolong_words_clear (ProlongWords *words)
{
  g_clear_pointer (&words->what, g_free);
  g_clear_pointer (&words->way_out, g_free);
}
