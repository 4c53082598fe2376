/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "window/activate-panel-private.h"

#define CLAIM "prolong-reserve-wizard"

void
prolong_activate_panel_forget (ProlongActivatePanel *self)
{
  g_clear_pointer (&self->code, prolong_code_unref);
  g_clear_pointer (&self->previous_code, prolong_code_unref);
  self->shorter = FALSE;
  self->any_product = FALSE;
  prolong_seats_page_forget (self->seats);
  prolong_previous_page_clear (self->previous);
}

GVariant *
prolong_activate_panel_new_options (ProlongActivatePanel *self)
{
  GVariantBuilder options;

  g_variant_builder_init (&options, G_VARIANT_TYPE_VARDICT);
  if (self->reserve)
    g_variant_builder_add (&options, "{sv}", "reserve", g_variant_new_boolean (TRUE));
  if (self->previous_code != NULL)
    g_variant_builder_add (&options, "{sv}", "previous_code",
                           g_variant_new_string (prolong_code_get_text (self->previous_code)));
  if (self->shorter)
    g_variant_builder_add (&options, "{sv}", "accept_shorter_term", g_variant_new_boolean (TRUE));
  return g_variant_builder_end (&options);
}

static void
ask_previous (ProlongActivatePanel *self, GVariant *details)
{
  const ProlongVendorInfo *vendor = self->choice != NULL ? self->choice->vendor : NULL;
  gboolean refused = self->previous_code != NULL;
  gint64 shorter_term = 0;

  if (details != NULL)
    g_variant_lookup (details, "shorter_term", "x", &shorter_term);
  g_clear_pointer (&self->previous_code, prolong_code_unref);
  prolong_previous_page_show (self->previous, vendor != NULL ? &vendor->format : NULL, shorter_term, refused);
  prolong_activate_panel_show_step (self, STEP_PREVIOUS);
}

gboolean
prolong_activate_panel_detour (ProlongActivatePanel *self, const char *problem, GVariant *details)
{
  ProlongProblem known;

  if (self->code == NULL || self->choice == NULL || !prolong_problem_from_name (problem, &known))
    return FALSE;
  if (known == PROLONG_PROBLEM_PREVIOUS_LICENSE_REQUIRED && !self->shorter)
    {
      ask_previous (self, details);
      return TRUE;
    }
  if (known != PROLONG_PROBLEM_CODE_EXHAUSTED)
    return FALSE;
  prolong_seats_page_show_code (self->seats, self->choice->vendor_id, self->code, details);
  prolong_activate_panel_show_step (self, STEP_SEATS);
  return TRUE;
}

static void
go_on (ProlongActivatePanel *self)
{
  if (self->code != NULL && self->choice != NULL && !self->asking)
    prolong_activate_panel_ask (self);
}

static void
on_previous (ProlongActivatePanel *self)
{
  ProlongCode *code = prolong_previous_page_read (self->previous);

  if (code == NULL)
    return;
  g_clear_pointer (&self->previous_code, prolong_code_unref);
  self->previous_code = code;
  go_on (self);
}

static void
on_shorter (ProlongActivatePanel *self)
{
  self->shorter = TRUE;
  go_on (self);
}

static void
on_other_code (ProlongActivatePanel *self)
{
  prolong_activate_panel_forget (self);
  prolong_activate_entry_clear (self->entry);
  prolong_activate_panel_show_step (self, STEP_ENTRY);
}

void
prolong_activate_panel_add_detours (ProlongActivatePanel *self)
{
  self->seats = PROLONG_SEATS_PAGE (prolong_seats_page_new (self->client));
  self->previous = PROLONG_PREVIOUS_PAGE (prolong_previous_page_new ());
  gtk_stack_add_named (self->stack, GTK_WIDGET (self->seats), "seats");
  gtk_stack_add_named (self->stack, GTK_WIDGET (self->previous), "previous");
  g_signal_connect_object (self->seats, "released", G_CALLBACK (go_on), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->seats, "another", G_CALLBACK (on_other_code), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->previous, "submitted", G_CALLBACK (on_previous), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->previous, "shorter", G_CALLBACK (on_shorter), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->previous, "declined", G_CALLBACK (on_other_code), self, G_CONNECT_SWAPPED);
}

void
prolong_activate_panel_claim (ProlongActivatePanel *self, gboolean claims)
{
  g_object_set_data (G_OBJECT (self->client), CLAIM, claims ? self : NULL);
}

gboolean
prolong_activate_panel_follows (ProlongActivatePanel *self, const char *path)
{
  return g_strcmp0 (self->operation, path) == 0;
}

/* A hand-over does not take the place of a code that a person is typing. */
gboolean
prolong_activate_panel_adopts (ProlongActivatePanel *self, const ProlongOperationInfo *operation)
{
  ProlongActivatePanel *other = g_object_get_data (G_OBJECT (self->client), CLAIM);

  if (operation->kind == PROLONG_OPERATION_HAND_OVER)
    return !prolong_operation_has_ended (operation) && prolong_activate_entry_is_empty (self->entry);
  if (other == NULL || operation->kind != PROLONG_OPERATION_RESERVE)
    return TRUE;
  return !other->asking && !prolong_activate_panel_follows (other, operation->path);
}
