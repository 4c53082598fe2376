/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "window/activate-panel-private.h"

#include <glib/gi18n-lib.h>

#include "bus/contract.h"
#include "window/guide.h"
#include "window/look.h"

enum
{
  ACTIVATED,
  REFUSED,
  LEFT,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (ProlongActivatePanel, prolong_activate_panel, ADW_TYPE_BIN)

static const char *const step_names[] = {
  [STEP_ENTRY] = "entry",
  [STEP_PROGRESS] = "progress",
  [STEP_SEATS] = "seats",
  [STEP_PREVIOUS] = "previous",
  [STEP_SUCCESS] = "success",
  [STEP_PROVIDER] = "provider",
  [STEP_UNREACHABLE] = "unreachable",
};

static void follow (ProlongActivatePanel *self);
static void ask (ProlongActivatePanel *self);

static const ProlongOperationInfo *
get_operation (ProlongActivatePanel *self)
{
  return self->snapshot != NULL && self->operation != NULL
             ? prolong_snapshot_find_operation (self->snapshot, self->operation)
             : NULL;
}

static void
set_operation (ProlongActivatePanel *self, const char *path)
{
  char *copy = g_strdup (path);

  g_free (self->operation);
  self->operation = copy;
  self->seen = FALSE;
}

/* Enter does the marked action of the step, wherever the focus is. */
static void
update_default (ProlongActivatePanel *self)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));
  GtkWidget *button = NULL;

  if (root == NULL || !gtk_widget_get_mapped (GTK_WIDGET (self)))
    return;
  if (self->step == STEP_ENTRY)
    button = prolong_activate_entry_get_button (self->entry);
  else if (self->step == STEP_SUCCESS)
    button = prolong_activate_success_get_button (self->success);
  else if (self->step == STEP_PREVIOUS)
    button = prolong_previous_page_get_button (self->previous);
  gtk_window_set_default_widget (GTK_WINDOW (root), button);
}

void
prolong_activate_panel_focus (ProlongActivatePanel *self)
{
  if (self->step == STEP_ENTRY)
    prolong_activate_entry_focus (self->entry);
  else if (self->step == STEP_PROGRESS)
    prolong_activate_progress_focus (self->progress);
  else if (self->step == STEP_SUCCESS)
    prolong_activate_success_focus (self->success);
  else if (self->step == STEP_SEATS)
    prolong_seats_page_focus (self->seats);
  else if (self->step == STEP_PREVIOUS)
    prolong_previous_page_focus (self->previous);
  else if (self->step == STEP_PROVIDER)
    prolong_provider_card_focus (self->provider);
  update_default (self);
}

static void
leave_reserve (ProlongActivatePanel *self, gboolean done)
{
  self->step = STEP_NONE;
  g_signal_emit (self, signals[LEFT], 0, done);
}

void
prolong_activate_panel_leave (ProlongActivatePanel *self)
{
  leave_reserve (self, FALSE);
}

/* Where a provider renews the license, its ways stand in the place of the field. */
static ActivateStep
get_first_step (ProlongActivatePanel *self)
{
  return !self->reserve && !self->provides && prolong_provider_card_governs (self->choice) ? STEP_PROVIDER
                                                                                           : STEP_ENTRY;
}

/* Where only a reserve code is saved, the field is outside of this wizard. */
void
prolong_activate_panel_show_step (ProlongActivatePanel *self, ActivateStep step)
{
  if (step == STEP_ENTRY)
    step = get_first_step (self);
  if (self->step == step)
    return;
  if (self->reserve && step == STEP_ENTRY)
    {
      leave_reserve (self, FALSE);
      return;
    }
  self->step = step;
  gtk_stack_set_visible_child_name (self->stack, step_names[step]);
  if (gtk_widget_get_mapped (GTK_WIDGET (self)))
    prolong_activate_panel_focus (self);
}

static void
on_ignored (GObject *source, GAsyncResult *result, gpointer user_data)
{
  GVariant *answer = prolong_client_call_finish (PROLONG_CLIENT (source), result, NULL);

  g_clear_pointer (&answer, g_variant_unref);
}

static void
call_operation (ProlongActivatePanel *self, const char *method)
{
  if (self->operation != NULL)
    prolong_client_call (self->client, self->operation, PROLONG_BUS_OPERATION, method, NULL, NULL, on_ignored,
                         NULL);
}

static void
dismiss (ProlongActivatePanel *self)
{
  call_operation (self, "Dismiss");
  set_operation (self, NULL);
}

static void
remember_other_product (ProlongActivatePanel *self, GVariant *details)
{
  g_clear_pointer (&self->other_product, g_free);
  if (details != NULL)
    g_variant_lookup (details, "product", "s", &self->other_product);
}

static void
refuse (ProlongActivatePanel *self, const char *problem, GVariant *details, const char *code)
{
  remember_other_product (self, details);
  if (prolong_activate_panel_detour (self, problem, details))
    return;
  prolong_activate_panel_forget (self);
  if (self->reserve)
    {
      self->step = STEP_NONE;
      g_signal_emit (self, signals[REFUSED], 0, problem, details);
      return;
    }
  prolong_activate_entry_refuse (self->entry, problem, details, code, self->choice);
  prolong_activate_panel_show_step (self, STEP_ENTRY);
  if (gtk_widget_get_mapped (GTK_WIDGET (self)))
    prolong_activate_entry_focus (self->entry);
}

static const ProlongLicenseInfo *
find_license (ProlongActivatePanel *self, const ProlongOperationInfo *operation)
{
  for (guint i = 0; i < self->snapshot->licenses->len; i++)
    {
      const ProlongLicenseInfo *license = g_ptr_array_index (self->snapshot->licenses, i);

      if (g_str_equal (license->path, operation->license))
        return license;
    }
  return prolong_snapshot_find_license (self->snapshot, operation->vendor, operation->product);
}

/* The newest with that mask, where the operation does not name it. */
static const ProlongReserveInfo *
find_reserve (ProlongActivatePanel *self, const ProlongOperationInfo *operation)
{
  const ProlongReserveInfo *named = prolong_snapshot_find_reserve (self->snapshot, operation->reserve);
  g_autoptr (GPtrArray) reserves
      = prolong_snapshot_list_reserves (self->snapshot, operation->vendor, operation->product);

  for (guint i = reserves->len; i > 0 && named == NULL; i--)
    {
      const ProlongReserveInfo *reserve = g_ptr_array_index (reserves, i - 1);

      if (g_str_equal (reserve->code, operation->code))
        named = reserve;
    }
  return named;
}

static void
succeed (ProlongActivatePanel *self, const ProlongOperationInfo *operation)
{
  const ProlongLicenseInfo *license = find_license (self, operation);

  prolong_activate_entry_clear (self->entry);
  prolong_activate_panel_forget (self);
  if (self->reserve && !gtk_widget_get_mapped (GTK_WIDGET (self)))
    {
      dismiss (self);
      leave_reserve (self, TRUE);
      return;
    }
  if (operation->kind != PROLONG_OPERATION_RESERVE)
    prolong_activate_success_update (self->success, license);
  else
    prolong_activate_success_update_reserve (self->success, find_reserve (self, operation),
                                             self->snapshot->start_at_login);
  prolong_activate_panel_show_step (self, STEP_SUCCESS);
}

static void
show_operation (ProlongActivatePanel *self, const ProlongOperationInfo *operation)
{
  g_autoptr (GVariant) details
      = operation->error_details != NULL ? g_variant_ref (operation->error_details) : NULL;
  g_autofree char *error = g_strdup (operation->error);
  g_autofree char *code = g_strdup (operation->code);

  switch (operation->step)
    {
    case PROLONG_STEP_DONE:
      succeed (self, operation);
      break;
    case PROLONG_STEP_REFUSED:
      dismiss (self);
      refuse (self, error, details, code);
      break;
    case PROLONG_STEP_CANCELLED:
      dismiss (self);
      prolong_activate_panel_forget (self);
      prolong_activate_panel_show_step (self, STEP_ENTRY);
      break;
    case PROLONG_STEP_CHECKING:
    case PROLONG_STEP_STORING:
    case PROLONG_STEP_SENDING:
    case PROLONG_STEP_VERIFYING:
    case PROLONG_STEP_SAVING:
    case PROLONG_STEP_WAITING:
    case PROLONG_N_STEPS:
    default:
      prolong_activate_progress_update (self->progress, operation, self->choice->name, operation->kind);
      prolong_activate_panel_show_step (self, STEP_PROGRESS);
      break;
    }
}

/* What is under way when nothing is followed yet: after the window was opened again, or started elsewhere. */
static void
find_operation (ProlongActivatePanel *self)
{
  if (self->operation != NULL || self->asking || self->reserve || self->code != NULL)
    return;
  for (guint i = 0; i < self->snapshot->operations->len; i++)
    {
      const ProlongOperationInfo *operation = g_ptr_array_index (self->snapshot->operations, i);

      if (prolong_activate_panel_adopts (self, operation)
          && (self->step == STEP_NONE || self->step == STEP_UNREACHABLE
              || !prolong_operation_has_ended (operation)))
        {
          set_operation (self, operation->path);
          return;
        }
    }
}

static void
follow (ProlongActivatePanel *self)
{
  const ProlongOperationInfo *operation;

  find_operation (self);
  operation = get_operation (self);
  if (operation != NULL && self->provides && operation->step == PROLONG_STEP_WAITING)
    return;
  self->provides = self->provides && operation != NULL;
  if (self->enters && operation != NULL && operation->step == PROLONG_STEP_DONE)
    {
      dismiss (self);
      operation = NULL;
    }
  self->enters = FALSE;
  if (operation != NULL)
    {
      self->seen = TRUE;
      show_operation (self, operation);
      return;
    }
  if (self->operation != NULL && self->seen)
    {
      set_operation (self, NULL);
      prolong_activate_panel_forget (self);
    }
  if (self->operation == NULL && !self->asking && self->code == NULL && self->step != get_first_step (self)
      && !(self->reserve && self->step == STEP_NONE))
    prolong_activate_panel_show_step (self, STEP_ENTRY);
}

void
prolong_activate_panel_update (ProlongActivatePanel *self,
                               const ProlongSnapshot *snapshot,
                               const ProlongChoice *choice)
{
  self->snapshot = snapshot;
  self->choice = choice;
  if (snapshot == NULL || choice == NULL)
    {
      prolong_activate_panel_forget (self);
      if (!self->reserve)
        prolong_activate_panel_show_step (self, STEP_UNREACHABLE);
      return;
    }
  prolong_activate_entry_update (self->entry, choice);
  if (!self->reserve && prolong_provider_card_governs (choice))
    prolong_provider_card_update (self->provider, choice);
  follow (self);
}

void
prolong_activate_panel_enter (ProlongActivatePanel *self)
{
  self->enters = TRUE;
  if (self->snapshot != NULL && self->choice != NULL)
    follow (self);
}

static void
on_asked (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (ProlongActivatePanel) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GVariant) answer = prolong_client_call_finish (PROLONG_CLIENT (source), result, &error);

  if (g_cancellable_is_cancelled (self->cancellable))
    return;
  self->asking = FALSE;
  if (error != NULL)
    {
      refuse (self,
              error->domain == PROLONG_PROBLEM
                  ? prolong_problem_get_name (error->code)
                  : prolong_problem_get_name (PROLONG_PROBLEM_SERVICE_UNAVAILABLE),
              prolong_problem_error_get_details (error), "");
      return;
    }
  if (g_variant_is_of_type (answer, G_VARIANT_TYPE ("(o)")))
    {
      const char *path;

      g_variant_get (answer, "(&o)", &path);
      set_operation (self, path);
    }
  self->provides = FALSE;
  if (self->snapshot != NULL)
    follow (self);
}

static void
ask (ProlongActivatePanel *self)
{
  const char *text = prolong_code_get_text (self->code);

  self->asking = TRUE;
  if (self->provides && self->operation != NULL)
    prolong_client_call (self->client, self->operation, PROLONG_BUS_OPERATION, "ProvideCode",
                         g_variant_new ("(s)", text), self->cancellable, on_asked, g_object_ref (self));
  else
    prolong_client_call (self->client, PROLONG_BUS_PATH, PROLONG_BUS_MANAGER, "AddCode",
                         g_variant_new ("(sss@a{sv})", self->choice->vendor_id,
                                        self->any_product ? "" : self->choice->product_id, text,
                                        prolong_activate_panel_new_options (self)),
                         self->cancellable, on_asked, g_object_ref (self));
}

void
prolong_activate_panel_ask (ProlongActivatePanel *self)
{
  gboolean saves = self->reserve || (prolong_license_runs (self->choice->license) && !self->provides);

  ask (self);
  prolong_activate_progress_update (self->progress, NULL, self->choice->name,
                                    saves ? PROLONG_OPERATION_RESERVE : PROLONG_OPERATION_ACTIVATION);
  prolong_activate_panel_show_step (self, STEP_PROGRESS);
}

void
prolong_activate_panel_save (ProlongActivatePanel *self, ProlongCode *code)
{
  if (self->asking || self->choice == NULL)
    return;
  if (self->operation != NULL)
    dismiss (self);
  prolong_activate_panel_start (self, code);
}

static void
on_submit (GtkWidget *widget, const char *action, GVariant *parameter)
{
  ProlongActivatePanel *self = PROLONG_ACTIVATE_PANEL (widget);
  g_autoptr (ProlongCode) code = NULL;

  if (self->step != STEP_ENTRY || self->asking || self->choice == NULL)
    return;
  code = prolong_activate_entry_read (self->entry);
  if (code == NULL)
    return;
  prolong_activate_panel_start (self, code);
}

static void
on_another (GtkWidget *widget, const char *action, GVariant *parameter)
{
  ProlongActivatePanel *self = PROLONG_ACTIVATE_PANEL (widget);

  prolong_activate_panel_forget (self);
  prolong_activate_entry_clear (self->entry);
  prolong_activate_entry_focus (self->entry);
}

static void
on_other_product (GtkWidget *widget, const char *action, GVariant *parameter)
{
  ProlongActivatePanel *self = PROLONG_ACTIVATE_PANEL (widget);

  if (self->other_product == NULL || self->choice == NULL)
    return;
  g_signal_emit (self, signals[ACTIVATED], 0, self->choice->vendor_id, self->other_product);
  on_submit (widget, action, NULL);
}

static void
on_cancel (GtkWidget *widget, const char *action, GVariant *parameter)
{
  call_operation (PROLONG_ACTIVATE_PANEL (widget), "Cancel");
}

static void
on_retry (GtkWidget *widget, const char *action, GVariant *parameter)
{
  call_operation (PROLONG_ACTIVATE_PANEL (widget), "Retry");
}

static void
on_provide (GtkWidget *widget, const char *action, GVariant *parameter)
{
  ProlongActivatePanel *self = PROLONG_ACTIVATE_PANEL (widget);
  const ProlongOperationInfo *operation = get_operation (self);

  if (operation == NULL)
    return;
  self->provides = TRUE;
  prolong_activate_entry_ask_again (self->entry, operation->code);
  prolong_activate_panel_show_step (self, STEP_ENTRY);
}

static void
on_finish (GtkWidget *widget, const char *action, GVariant *parameter)
{
  ProlongActivatePanel *self = PROLONG_ACTIVATE_PANEL (widget);
  const ProlongOperationInfo *operation = get_operation (self);
  const ProlongLicenseInfo *license = operation != NULL ? find_license (self, operation) : NULL;

  if (self->step != STEP_SUCCESS)
    return;
  prolong_activate_success_clear (self->success);
  if (self->reserve)
    {
      dismiss (self);
      leave_reserve (self, TRUE);
      return;
    }
  if (license != NULL)
    g_signal_emit (self, signals[ACTIVATED], 0, license->vendor, license->product);
  dismiss (self);
  prolong_activate_panel_show_step (self, STEP_ENTRY);
  gtk_widget_activate_action (widget, "win.panel", "s", "license");
}

/* Escape: one step back, never further than the License panel. */
static void
on_leave (GtkWidget *widget, const char *action, GVariant *parameter)
{
  ProlongActivatePanel *self = PROLONG_ACTIVATE_PANEL (widget);
  const ProlongOperationInfo *operation = get_operation (self);

  if (self->step == STEP_SUCCESS)
    {
      on_finish (widget, action, NULL);
      return;
    }
  if (self->step == STEP_PROGRESS && operation != NULL && operation->cancellable)
    {
      on_cancel (widget, action, NULL);
      return;
    }
  if (self->step == STEP_SEATS || self->step == STEP_PREVIOUS)
    {
      prolong_activate_panel_forget (self);
      prolong_activate_panel_show_step (self, STEP_ENTRY);
      return;
    }
  if (self->reserve)
    {
      leave_reserve (self, FALSE);
      return;
    }
  if (self->provides)
    {
      self->provides = FALSE;
      prolong_activate_entry_ask_again (self->entry, NULL);
      follow (self);
      return;
    }
  gtk_widget_activate_action (widget, "win.panel", "s", "license");
}

static void
prolong_activate_panel_dispose (GObject *object)
{
  ProlongActivatePanel *self = PROLONG_ACTIVATE_PANEL (object);

  g_cancellable_cancel (self->cancellable);
  if (self->reserve && self->client != NULL)
    prolong_activate_panel_claim (self, FALSE);
  g_clear_object (&self->client);
  G_OBJECT_CLASS (prolong_activate_panel_parent_class)->dispose (object);
}

static void
prolong_activate_panel_finalize (GObject *object)
{
  ProlongActivatePanel *self = PROLONG_ACTIVATE_PANEL (object);

  g_clear_object (&self->cancellable);
  g_clear_pointer (&self->code, prolong_code_unref);
  g_clear_pointer (&self->previous_code, prolong_code_unref);
  g_free (self->operation);
  g_free (self->other_product);
  G_OBJECT_CLASS (prolong_activate_panel_parent_class)->finalize (object);
}

static void
install_actions (GtkWidgetClass *klass)
{
  static const struct
  {
    const char *name;
    GtkWidgetActionActivateFunc activate;
  } actions[] = {
    { "activate.submit", on_submit }, { "activate.another", on_another },
    { "activate.cancel", on_cancel }, { "activate.other-product", on_other_product },
    { "activate.retry", on_retry },   { "activate.provide", on_provide },
    { "activate.finish", on_finish }, { "activate.leave", on_leave },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (actions); i++)
    gtk_widget_class_install_action (klass, actions[i].name, NULL, actions[i].activate);
  gtk_widget_class_add_binding_action (klass, GDK_KEY_Escape, 0, "activate.leave", NULL);
}

static void
prolong_activate_panel_class_init (ProlongActivatePanelClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = prolong_activate_panel_dispose;
  G_OBJECT_CLASS (klass)->finalize = prolong_activate_panel_finalize;
  signals[ACTIVATED] = g_signal_new ("activated", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                     NULL, G_TYPE_NONE, 2, G_TYPE_STRING, G_TYPE_STRING);
  signals[REFUSED] = g_signal_new ("refused", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                   NULL, G_TYPE_NONE, 2, G_TYPE_STRING, G_TYPE_VARIANT);
  signals[LEFT] = g_signal_new ("left", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                G_TYPE_NONE, 1, G_TYPE_BOOLEAN);
  install_actions (widget_class);
}

static GtkWidget *
new_unreachable (void)
{
  GtkWidget *page = adw_status_page_new ();
  GtkWidget *button = prolong_look_pill (_ ("Try again"), "win.retry", TRUE);

  adw_status_page_set_icon_name (ADW_STATUS_PAGE (page), "network-offline-symbolic");
  adw_status_page_set_title (ADW_STATUS_PAGE (page), _ ("Nothing to activate now"));
  adw_status_page_set_description (ADW_STATUS_PAGE (page),
                                   _ ("Prolong is not running, or no installed product uses it."));
  gtk_widget_set_halign (button, GTK_ALIGN_CENTER);
  adw_status_page_set_child (ADW_STATUS_PAGE (page), button);
  return page;
}

static void
prolong_activate_panel_init (ProlongActivatePanel *self)
{
  GtkWidget *stack = gtk_stack_new ();

  self->cancellable = g_cancellable_new ();
  self->stack = GTK_STACK (stack);
  self->entry = g_object_new (PROLONG_TYPE_ACTIVATE_ENTRY, NULL);
  self->progress = g_object_new (PROLONG_TYPE_ACTIVATE_PROGRESS, NULL);
  self->success = g_object_new (PROLONG_TYPE_ACTIVATE_SUCCESS, NULL);
  gtk_stack_set_transition_type (self->stack, GTK_STACK_TRANSITION_TYPE_CROSSFADE);
  gtk_stack_add_named (self->stack, GTK_WIDGET (self->entry), step_names[STEP_ENTRY]);
  gtk_stack_add_named (self->stack, GTK_WIDGET (self->progress), step_names[STEP_PROGRESS]);
  gtk_stack_add_named (self->stack, GTK_WIDGET (self->success), step_names[STEP_SUCCESS]);
  gtk_stack_add_named (self->stack, new_unreachable (), step_names[STEP_UNREACHABLE]);
  adw_bin_set_child (ADW_BIN (self), stack);
}

GtkWidget *
prolong_activate_panel_new (ProlongClient *client)
{
  ProlongActivatePanel *self = g_object_new (PROLONG_TYPE_ACTIVATE_PANEL, NULL);

  g_set_object (&self->client, client);
  self->provider = PROLONG_PROVIDER_CARD (prolong_provider_card_new (client));
  gtk_stack_add_named (self->stack, prolong_guide_new_scrolled (GTK_WIDGET (self->provider)),
                       step_names[STEP_PROVIDER]);
  prolong_activate_panel_add_detours (self);
  return GTK_WIDGET (self);
}

GtkWidget *
prolong_activate_panel_new_reserve (ProlongClient *client)
{
  GtkWidget *widget = prolong_activate_panel_new (client);
  ProlongActivatePanel *self = PROLONG_ACTIVATE_PANEL (widget);

  self->reserve = TRUE;
  prolong_activate_panel_claim (self, TRUE);
  return widget;
}
