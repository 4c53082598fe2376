/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "window/activate-panel-private.h"
#include "window/chooser.h"
#include "window/dialogs.h"

/* The product of a vendor that is shown first: one with a license, or the first of its profile. */
static const char *
find_product (const ProlongSnapshot *snapshot, const ProlongVendorInfo *vendor)
{
  for (guint i = 0; i < snapshot->licenses->len; i++)
    {
      const ProlongLicenseInfo *license = g_ptr_array_index (snapshot->licenses, i);

      if (g_str_equal (license->vendor, vendor->id))
        return license->product;
    }
  return vendor->products->len > 0 ? ((const ProlongProductInfo *)g_ptr_array_index (vendor->products, 0))->id
                                   : "";
}

/* Where the vendor is another than that of the product shown, its service tells for which of its products the
 * code is. */
static void
begin (ProlongActivatePanel *self, const char *vendor_id)
{
  const ProlongVendorInfo *vendor = prolong_snapshot_find_vendor (self->snapshot, vendor_id);
  g_autofree char *id = NULL;

  if (vendor != NULL && !g_str_equal (self->choice->vendor_id, vendor_id))
    {
      self->any_product = TRUE;
      id = prolong_chooser_dup_id (vendor_id, find_product (self->snapshot, vendor));
      gtk_widget_activate_action (GTK_WIDGET (self), "win.product", "s", id);
    }
  if (self->choice == NULL || !g_str_equal (self->choice->vendor_id, vendor_id))
    prolong_activate_panel_forget (self);
  else
    prolong_activate_panel_ask (self);
}

static void
on_owner (gpointer object, const char *vendor)
{
  ProlongActivatePanel *self = object;

  if (vendor != NULL && self->code != NULL && self->choice != NULL)
    {
      begin (self, vendor);
      return;
    }
  prolong_activate_panel_forget (self);
  if (self->reserve)
    prolong_activate_panel_leave (self);
}

static gboolean
has_owner (GPtrArray *owners, const char *id)
{
  for (guint i = 0; i < owners->len; i++)
    if (g_str_equal (((const ProlongVendorInfo *)g_ptr_array_index (owners, i))->id, id))
      return TRUE;
  return FALSE;
}

void
prolong_activate_panel_start (ProlongActivatePanel *self, ProlongCode *code)
{
  g_autoptr (GPtrArray) owners = prolong_snapshot_find_owners (self->snapshot, prolong_code_get_text (code));

  prolong_activate_panel_forget (self);
  self->code = prolong_code_ref (code);
  /* An operation that lost its code, or a profile that is gone, knows its vendor already. */
  if (self->provides || owners->len == 0)
    prolong_activate_panel_ask (self);
  else if (owners->len == 1)
    begin (self, ((const ProlongVendorInfo *)g_ptr_array_index (owners, 0))->id);
  else if (self->choice->chosen && has_owner (owners, self->choice->vendor_id))
    begin (self, self->choice->vendor_id);
  else
    prolong_dialogs_ask_owner (GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (self))), owners, on_owner,
                               G_OBJECT (self));
}
