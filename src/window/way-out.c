/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "window/way-out.h"

#include <glib/gi18n-lib.h>

#include "window/look.h"

typedef enum
{
  WAY_NONE,
  WAY_AGAIN,
  WAY_ANOTHER_CODE,
  WAY_LICENSE,
  WAY_ACTIVATE,
  WAY_OTHER_PRODUCT,
  WAY_SHOP,
  WAY_SUPPORT,
  N_WAYS
} Way;

static const struct
{
  const char *label;
  const char *action;
} ways[N_WAYS] = {
  [WAY_AGAIN] = { N_ ("Try again"), "activate.submit" },
  [WAY_ANOTHER_CODE] = { N_ ("Enter another code"), "activate.another" },
  [WAY_ACTIVATE] = { N_ ("Enter activation code"), "win.enter-code" },
  [WAY_LICENSE] = { N_ ("Show the license"), "win.panel::license" },
  /* Translators: %s is the name of another product, for which the code is. */
  [WAY_OTHER_PRODUCT] = { N_ ("Use it for %s"), "activate.other-product" },
  [WAY_SHOP] = { N_ ("Renew"), "win.renew" },
  [WAY_SUPPORT] = { N_ ("Contact support"), "win.support-about::" },
};

static const Way ways_out[PROLONG_N_PROBLEMS][2] = {
  [PROLONG_PROBLEM_REQUEST_IN_FLIGHT] = { WAY_AGAIN },
  [PROLONG_PROBLEM_CODE_MALFORMED] = { WAY_ANOTHER_CODE },
  [PROLONG_PROBLEM_CODE_UNKNOWN] = { WAY_ANOTHER_CODE, WAY_SUPPORT },
  [PROLONG_PROBLEM_CODE_EXHAUSTED] = { WAY_ANOTHER_CODE, WAY_SUPPORT },
  [PROLONG_PROBLEM_CODE_EXPIRED] = { WAY_ANOTHER_CODE, WAY_SHOP },
  [PROLONG_PROBLEM_CODE_BLOCKED] = { WAY_ANOTHER_CODE, WAY_SUPPORT },
  [PROLONG_PROBLEM_CODE_WRONG_PRODUCT] = { WAY_OTHER_PRODUCT, WAY_ANOTHER_CODE },
  [PROLONG_PROBLEM_PREVIOUS_LICENSE_REQUIRED] = { WAY_ANOTHER_CODE, WAY_SUPPORT },
  [PROLONG_PROBLEM_VERSION_INCOMPATIBLE] = { WAY_AGAIN, WAY_SUPPORT },
  [PROLONG_PROBLEM_SUBSCRIPTION_RUNNING] = { WAY_LICENSE },
  [PROLONG_PROBLEM_TRIAL_RUNNING] = { WAY_LICENSE },
  [PROLONG_PROBLEM_LICENSE_RUNNING] = { WAY_LICENSE },
  [PROLONG_PROBLEM_RESERVE_ENDS_TOO_EARLY] = { WAY_ANOTHER_CODE, WAY_LICENSE },
  [PROLONG_PROBLEM_ALREADY_ADDED] = { WAY_LICENSE, WAY_ANOTHER_CODE },
  [PROLONG_PROBLEM_NO_LICENSE] = { WAY_ACTIVATE },
  [PROLONG_PROBLEM_NO_SUBSCRIPTION] = { WAY_LICENSE },
  [PROLONG_PROBLEM_PROVIDER_MANAGED] = { WAY_LICENSE, WAY_SUPPORT },
  [PROLONG_PROBLEM_SUBSCRIPTION_ENDED] = { WAY_SHOP, WAY_SUPPORT },
  [PROLONG_PROBLEM_ACCOUNT_REQUIRED] = { WAY_SUPPORT },
  [PROLONG_PROBLEM_NUMBER_MALFORMED] = { WAY_NONE },
  [PROLONG_PROBLEM_NUMBER_UNKNOWN] = { WAY_ANOTHER_CODE, WAY_SUPPORT },
  [PROLONG_PROBLEM_ORDER_UNKNOWN] = { WAY_ANOTHER_CODE, WAY_SUPPORT },
  [PROLONG_PROBLEM_ORDER_CLOSED] = { WAY_SHOP, WAY_SUPPORT },
  [PROLONG_PROBLEM_PRICE_CHANGED] = { WAY_SHOP },
  [PROLONG_PROBLEM_EMAIL_MALFORMED] = { WAY_NONE },
  [PROLONG_PROBLEM_PAYMENT_METHOD_UNAVAILABLE] = { WAY_NONE },
  [PROLONG_PROBLEM_RATE_LIMITED] = { WAY_AGAIN },
  [PROLONG_PROBLEM_SERVICE_UNAVAILABLE] = { WAY_AGAIN },
  [PROLONG_PROBLEM_SERVICE_UNTRUSTED] = { WAY_AGAIN, WAY_SUPPORT },
  [PROLONG_PROBLEM_KEYRING_LOCKED] = { WAY_AGAIN },
  [PROLONG_PROBLEM_KEYRING_UNAVAILABLE] = { WAY_AGAIN },
  [PROLONG_PROBLEM_STORAGE_FULL] = { WAY_AGAIN },
  [PROLONG_PROBLEM_CLOCK_BEHIND] = { WAY_AGAIN },
  [PROLONG_PROBLEM_PROFILE_INVALID] = { WAY_NONE },
  [PROLONG_PROBLEM_VENDOR_INSTALLED] = { WAY_NONE },
  [PROLONG_PROBLEM_VENDOR_OTHER_KEYS] = { WAY_NONE },
  [PROLONG_PROBLEM_VENDOR_IN_USE] = { WAY_NONE },
  [PROLONG_PROBLEM_CANCELLED] = { WAY_NONE },
};

static const ProlongProductInfo *
find_other_product (GVariant *details, const ProlongVendorInfo *vendor)
{
  const char *id = NULL;

  if (details == NULL || vendor == NULL || !g_variant_lookup (details, "product", "&s", &id))
    return NULL;
  for (guint i = 0; i < vendor->products->len; i++)
    {
      const ProlongProductInfo *product = g_ptr_array_index (vendor->products, i);

      if (g_str_equal (product->id, id))
        return product;
    }
  return NULL;
}

static char *
dup_label (Way way, GVariant *details, const ProlongVendorInfo *vendor)
{
  const ProlongProductInfo *other = find_other_product (details, vendor);
  gboolean support = vendor != NULL && prolong_vendor_has_support (vendor);

  if ((way == WAY_SUPPORT && !support) || (way == WAY_SHOP && vendor == NULL)
      || (way == WAY_OTHER_PRODUCT && other == NULL))
    return NULL;
  if (way == WAY_OTHER_PRODUCT)
    return g_strdup_printf (_ ("Use it for %s"), other->name);
  return g_strdup (_ (ways[way].label));
}

static GtkWidget *
new_button (const char *label, const char *action)
{
  GtkWidget *button = prolong_look_pill (label, action, FALSE);

  gtk_widget_remove_css_class (button, "pill");
  return button;
}

void
prolong_way_out_update (ProlongWrapBox *box,
                        const char *problem,
                        GVariant *details,
                        const ProlongVendorInfo *vendor)
{
  ProlongProblem code;

  prolong_wrap_box_clear (box);
  gtk_widget_set_visible (GTK_WIDGET (box), FALSE);
  if (!prolong_problem_from_name (problem, &code))
    return;
  for (gsize i = 0; i < G_N_ELEMENTS (ways_out[code]); i++)
    {
      Way way = ways_out[code][i];
      GtkWidget *button;
      g_autofree char *label = way != WAY_NONE ? dup_label (way, details, vendor) : NULL;

      if (label == NULL)
        continue;
      button = new_button (label, ways[way].action);
      if (way == WAY_SUPPORT)
        gtk_actionable_set_action_target (GTK_ACTIONABLE (button), "s", problem);
      prolong_wrap_box_append (box, button);
      gtk_widget_set_visible (GTK_WIDGET (box), TRUE);
    }
}
