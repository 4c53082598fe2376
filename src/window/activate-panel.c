/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "window/activate-panel.h"

#include <glib/gi18n-lib.h>

#include "bus/contract.h"
#include "window/activate-entry.h"
#include "window/activate-progress.h"
#include "window/activate-success.h"
#include "window/look.h"

typedef enum
{
  STEP_NONE,
  STEP_ENTRY,
  STEP_PROGRESS,
  STEP_SUCCESS,
  STEP_UNREACHABLE,
} Step;

struct _ProlongActivatePanel
{
  AdwBin parent_instance;

  ProlongClient *client;
  GCancellable *cancellable;

  const ProlongSnapshot *snapshot; /* (nullable) valid until the next update */
  const ProlongChoice *choice;     /* (nullable) valid until the next update */
  char *operation;                 /* (nullable) path of what is followed */
  gboolean seen;                   /* whether a snapshot had that operation */
  gboolean asking;                 /* whether AddCode or ProvideCode is under way */
  gboolean provides;               /* whether the code is for an operation that lost it */
  char *other_product;             /* (nullable) for which a refused code is */

  Step step;
  GtkStack *stack;
  ProlongActivateEntry *entry;
  ProlongActivateProgress *progress;
  ProlongActivateSuccess *success;
};

enum
{
  ACTIVATED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (ProlongActivatePanel, prolong_activate_panel, ADW_TYPE_BIN)

static const char *const step_names[] = {
  [STEP_ENTRY] = "entry",
  [STEP_PROGRESS] = "progress",
  [STEP_SUCCESS] = "success",
  [STEP_UNREACHABLE] = "unreachable",
};

static void follow (ProlongActivatePanel *self);

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
  update_default (self);
}

static void
show_step (ProlongActivatePanel *self, Step step)
{
  if (self->step == step)
    return;
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
  prolong_activate_entry_refuse (self->entry, problem, details, code,
                                 self->choice != NULL ? self->choice->vendor : NULL);
  show_step (self, STEP_ENTRY);
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

static void
succeed (ProlongActivatePanel *self, const ProlongOperationInfo *operation)
{
  const ProlongLicenseInfo *license = find_license (self, operation);

  prolong_activate_entry_clear (self->entry);
  prolong_activate_success_update (self->success, license);
  show_step (self, STEP_SUCCESS);
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
      show_step (self, STEP_ENTRY);
      break;
    case PROLONG_STEP_CHECKING:
    case PROLONG_STEP_STORING:
    case PROLONG_STEP_SENDING:
    case PROLONG_STEP_VERIFYING:
    case PROLONG_STEP_SAVING:
    case PROLONG_STEP_WAITING:
    case PROLONG_N_STEPS:
    default:
      prolong_activate_progress_update (self->progress, operation, self->choice->name);
      show_step (self, STEP_PROGRESS);
      break;
    }
}

/* What is under way when nothing is followed yet: after the window was opened again, or started elsewhere. */
static void
find_operation (ProlongActivatePanel *self)
{
  if (self->operation != NULL || self->asking || self->snapshot->operations->len == 0)
    return;
  for (guint i = 0; i < self->snapshot->operations->len; i++)
    {
      const ProlongOperationInfo *operation = g_ptr_array_index (self->snapshot->operations, i);

      if (self->step == STEP_NONE || !prolong_operation_has_ended (operation))
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
  if (operation != NULL)
    {
      self->seen = TRUE;
      show_operation (self, operation);
      return;
    }
  if (self->operation != NULL && self->seen)
    set_operation (self, NULL);
  if (self->operation == NULL && !self->asking && self->step != STEP_ENTRY)
    show_step (self, STEP_ENTRY);
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
      show_step (self, STEP_UNREACHABLE);
      return;
    }
  prolong_activate_entry_update (self->entry, choice);
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
ask (ProlongActivatePanel *self, ProlongCode *code)
{
  const char *text = prolong_code_get_text (code);

  self->asking = TRUE;
  if (self->provides && self->operation != NULL)
    prolong_client_call (self->client, self->operation, PROLONG_BUS_OPERATION, "ProvideCode",
                         g_variant_new ("(s)", text), self->cancellable, on_asked, g_object_ref (self));
  else
    prolong_client_call (self->client, PROLONG_BUS_PATH, PROLONG_BUS_MANAGER, "AddCode",
                         g_variant_new ("(sss)", self->choice->vendor_id, self->choice->product_id, text),
                         self->cancellable, on_asked, g_object_ref (self));
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
  ask (self, code);
  prolong_activate_progress_update (self->progress, NULL, self->choice->name);
  show_step (self, STEP_PROGRESS);
}

static void
on_another (GtkWidget *widget, const char *action, GVariant *parameter)
{
  ProlongActivatePanel *self = PROLONG_ACTIVATE_PANEL (widget);

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
  show_step (self, STEP_ENTRY);
}

static void
on_finish (GtkWidget *widget, const char *action, GVariant *parameter)
{
  ProlongActivatePanel *self = PROLONG_ACTIVATE_PANEL (widget);
  const ProlongOperationInfo *operation = get_operation (self);
  const ProlongLicenseInfo *license = operation != NULL ? find_license (self, operation) : NULL;

  if (self->step != STEP_SUCCESS)
    return;
  if (license != NULL)
    g_signal_emit (self, signals[ACTIVATED], 0, license->vendor, license->product);
  dismiss (self);
  show_step (self, STEP_ENTRY);
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
  g_clear_object (&self->client);
  G_OBJECT_CLASS (prolong_activate_panel_parent_class)->dispose (object);
}

static void
prolong_activate_panel_finalize (GObject *object)
{
  ProlongActivatePanel *self = PROLONG_ACTIVATE_PANEL (object);

  g_clear_object (&self->cancellable);
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
  install_actions (widget_class);
}

static GtkWidget *
new_unreachable (void)
{
  GtkWidget *page = adw_status_page_new ();
  GtkWidget *button = prolong_look_pill (_("Try again"), "win.retry", TRUE);

  adw_status_page_set_icon_name (ADW_STATUS_PAGE (page), "network-offline-symbolic");
  adw_status_page_set_title (ADW_STATUS_PAGE (page), _("Nothing to activate now"));
  adw_status_page_set_description (ADW_STATUS_PAGE (page),
                                   _("Prolong is not running, or no installed product uses it."));
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
  return GTK_WIDGET (self);
}
