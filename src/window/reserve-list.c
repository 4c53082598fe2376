/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "window/reserve-list.h"

#include <glib/gi18n-lib.h>

#include "bus/contract.h"
#include "bus/words.h"
#include "window/reserve-removal.h"
#include "window/reserve-row.h"

struct _ProlongReserveList
{
  AdwBin parent_instance;

  ProlongClient *client;
  GCancellable *cancellable;
  AdwToastOverlay *toasts;
  ProlongReserveRemoval *removal;
  GHashTable *checking; /* paths that the service is being asked about */
  GtkListBox *rows;
  const ProlongSnapshot *snapshot; /* (nullable) valid until the next update */
  const ProlongChoice *choice;     /* (nullable) valid until the next update */
};

G_DEFINE_FINAL_TYPE (ProlongReserveList, prolong_reserve_list, ADW_TYPE_BIN)

typedef struct
{
  ProlongReserveList *list;
  char *path;
} Call;

static ProlongReserveRow *
get_row (ProlongReserveList *self, int index)
{
  GtkListBoxRow *row = gtk_list_box_get_row_at_index (self->rows, index);

  return row != NULL ? PROLONG_RESERVE_ROW (row) : NULL;
}

static ProlongReserveRow *
find_row (ProlongReserveList *self, const char *path, int *index)
{
  ProlongReserveRow *row;

  for (*index = 0; (row = get_row (self, *index)) != NULL; (*index)++)
    if (g_str_equal (prolong_reserve_row_get_path (row), path))
      return row;
  return NULL;
}

static void
tell (ProlongReserveList *self, const char *words)
{
  g_autofree char *markup = g_markup_escape_text (words, -1);

  adw_toast_overlay_add_toast (self->toasts, adw_toast_new (markup));
}

static void
tell_error (ProlongReserveList *self, const GError *error)
{
  g_auto (ProlongWords) words = { NULL, NULL };

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  prolong_words_for_error (error, &words);
  tell (self, words.what);
}

static void
refresh (ProlongReserveList *self)
{
  if (self->snapshot != NULL && self->choice != NULL)
    prolong_reserve_list_update (self, self->snapshot, self->choice);
}

static Call *
call_new (ProlongReserveList *self, const char *path)
{
  Call *call = g_new0 (Call, 1);

  call->list = g_object_ref (self);
  call->path = g_strdup (path);
  return call;
}

/* Takes @call apart; FALSE when the list went away meanwhile. */
static gboolean
finish (Call *call, GObject *source, GAsyncResult *result, ProlongReserveList **self, char **path)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GVariant) answer = prolong_client_call_finish (PROLONG_CLIENT (source), result, &error);

  *self = call->list;
  *path = call->path;
  g_free (call);
  if (g_cancellable_is_cancelled ((*self)->cancellable))
    return FALSE;
  if (answer == NULL)
    tell_error (*self, error);
  return TRUE;
}

static gboolean
has_focus_within (GtkWidget *widget)
{
  GtkRoot *root = gtk_widget_get_root (widget);
  GtkWidget *focus = root != NULL ? gtk_root_get_focus (root) : NULL;

  return focus != NULL && gtk_widget_is_ancestor (focus, widget) && gtk_widget_is_sensitive (focus);
}

/* The button that moved a row to the end can no longer be pressed; the row itself then keeps the place. */
static void
on_moved (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (ProlongReserveList) self = NULL;
  g_autofree char *path = NULL;
  ProlongReserveRow *row;
  int index;

  if (!finish (user_data, source, result, &self, &path))
    return;
  row = find_row (self, path, &index);
  if (row != NULL && gtk_widget_get_mapped (GTK_WIDGET (row)) && !has_focus_within (GTK_WIDGET (row)))
    gtk_widget_grab_focus (GTK_WIDGET (row));
}

static void
on_move (GtkWidget *widget, const char *action, GVariant *parameter)
{
  ProlongReserveList *self = PROLONG_RESERVE_LIST (widget);
  const char *path = g_variant_get_string (parameter, NULL);
  int index;
  ProlongReserveRow *row = find_row (self, path, &index);
  int place = g_str_equal (action, "reserve.up") ? index - 1 : index + 1;
  ProlongReserveRow *other = place >= 0 ? get_row (self, place) : NULL;

  if (row == NULL || other == NULL)
    return;
  prolong_client_call (self->client, path, PROLONG_BUS_RESERVE, "Move",
                       g_variant_new ("(u)", prolong_reserve_row_get_position (other)), self->cancellable,
                       on_moved, call_new (self, path));
}

static void
on_checked (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (ProlongReserveList) self = NULL;
  g_autofree char *path = NULL;

  if (!finish (user_data, source, result, &self, &path))
    return;
  g_hash_table_remove (self->checking, path);
  refresh (self);
}

static void
on_check (GtkWidget *widget, const char *action, GVariant *parameter)
{
  ProlongReserveList *self = PROLONG_RESERVE_LIST (widget);
  const char *path = g_variant_get_string (parameter, NULL);

  if (!g_hash_table_add (self->checking, g_strdup (path)))
    return;
  prolong_client_call (self->client, path, PROLONG_BUS_RESERVE, "Check", NULL, self->cancellable, on_checked,
                       call_new (self, path));
  refresh (self);
}

static void
on_called (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (ProlongReserveList) self = NULL;
  g_autofree char *path = NULL;

  finish (user_data, source, result, &self, &path);
}

static void
on_activate (GtkWidget *widget, const char *action, GVariant *parameter)
{
  ProlongReserveList *self = PROLONG_RESERVE_LIST (widget);
  const char *path = g_variant_get_string (parameter, NULL);

  prolong_client_call (self->client, path, PROLONG_BUS_RESERVE, "Activate", NULL, self->cancellable,
                       on_called, call_new (self, path));
}

static void
on_retry (GtkWidget *widget, const char *action, GVariant *parameter)
{
  ProlongReserveList *self = PROLONG_RESERVE_LIST (widget);
  const char *path = g_variant_get_string (parameter, NULL);
  const ProlongReserveInfo *reserve
      = self->snapshot != NULL ? prolong_snapshot_find_reserve (self->snapshot, path) : NULL;

  if (reserve != NULL)
    prolong_client_call (self->client, reserve->operation, PROLONG_BUS_OPERATION, "Retry", NULL,
                         self->cancellable, on_called, call_new (self, path));
}

/* The focus goes to the neighbour, so that it is not lost with the row. */
static void
on_remove (GtkWidget *widget, const char *action, GVariant *parameter)
{
  ProlongReserveList *self = PROLONG_RESERVE_LIST (widget);
  g_autofree char *path = g_variant_dup_string (parameter, NULL);
  const ProlongReserveInfo *reserve
      = self->snapshot != NULL ? prolong_snapshot_find_reserve (self->snapshot, path) : NULL;
  int index;
  ProlongReserveRow *row = find_row (self, path, &index);
  ProlongReserveRow *next = get_row (self, index + 1);

  if (reserve == NULL || row == NULL)
    return;
  if (next == NULL && index > 0)
    next = get_row (self, index - 1);
  if (next != NULL)
    gtk_widget_grab_focus (GTK_WIDGET (next));
  prolong_reserve_removal_add (self->removal, path);
  refresh (self);
  gtk_widget_activate_action (widget, "reserve.changed", NULL);
}

static void
on_removal_changed (ProlongReserveList *self)
{
  refresh (self);
  gtk_widget_activate_action (GTK_WIDGET (self), "reserve.changed", NULL);
}

static void
on_removal_failed (ProlongReserveList *self, const GError *error)
{
  tell_error (self, error);
}

static void
drop_rows (ProlongReserveList *self, GPtrArray *shown)
{
  ProlongReserveRow *row;

  for (int i = 0; (row = get_row (self, i)) != NULL;)
    {
      gboolean stays = FALSE;

      for (guint j = 0; j < shown->len && !stays; j++)
        stays = g_str_equal (((ProlongReserveInfo *)g_ptr_array_index (shown, j))->path,
                             prolong_reserve_row_get_path (row));
      if (stays)
        i++;
      else
        gtk_list_box_remove (self->rows, GTK_WIDGET (row));
    }
}

static int
compare_rows (GtkListBoxRow *a, GtkListBoxRow *b, gpointer user_data)
{
  guint first = prolong_reserve_row_get_position (PROLONG_RESERVE_ROW (a));
  guint second = prolong_reserve_row_get_position (PROLONG_RESERVE_ROW (b));

  return (first > second) - (first < second);
}

static GPtrArray *
list_shown (ProlongReserveList *self)
{
  g_autoptr (GPtrArray) all
      = prolong_snapshot_list_reserves (self->snapshot, self->choice->vendor_id, self->choice->product_id);
  GPtrArray *shown = g_ptr_array_new ();

  for (guint i = 0; i < all->len; i++)
    {
      ProlongReserveInfo *reserve = g_ptr_array_index (all, i);

      if (!prolong_reserve_removal_hides (self->removal, reserve->path))
        g_ptr_array_add (shown, reserve);
    }
  return shown;
}

guint
prolong_reserve_list_update (ProlongReserveList *self,
                             const ProlongSnapshot *snapshot,
                             const ProlongChoice *choice)
{
  g_autoptr (GPtrArray) shown = NULL;

  self->snapshot = snapshot;
  self->choice = choice;
  if (snapshot == NULL || choice == NULL)
    return 0;
  shown = list_shown (self);
  drop_rows (self, shown);
  for (guint i = 0; i < shown->len; i++)
    {
      const ProlongReserveInfo *reserve = g_ptr_array_index (shown, i);
      int index;
      ProlongReserveRow *row = find_row (self, reserve->path, &index);

      if (row == NULL)
        {
          row = PROLONG_RESERVE_ROW (prolong_reserve_row_new (reserve->path));
          gtk_list_box_append (self->rows, GTK_WIDGET (row));
        }
      prolong_reserve_row_update (row, reserve, choice,
                                  prolong_snapshot_find_operation (snapshot, reserve->operation), i,
                                  shown->len, g_hash_table_contains (self->checking, reserve->path));
    }
  gtk_list_box_invalidate_sort (self->rows);
  gtk_widget_set_visible (GTK_WIDGET (self), shown->len > 0);
  return shown->len;
}

void
prolong_reserve_list_set_up (ProlongReserveList *self, ProlongClient *client, AdwToastOverlay *toasts)
{
  self->client = g_object_ref (client);
  self->toasts = g_object_ref (toasts);
  self->removal = prolong_reserve_removal_new (client, toasts);
  g_signal_connect_object (self->removal, "changed", G_CALLBACK (on_removal_changed), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->removal, "failed", G_CALLBACK (on_removal_failed), self, G_CONNECT_SWAPPED);
}

/* The window goes, and with it the toast: what was removed stays removed. */
static void
prolong_reserve_list_unroot (GtkWidget *widget)
{
  ProlongReserveList *self = PROLONG_RESERVE_LIST (widget);

  self->snapshot = NULL;
  self->choice = NULL;
  if (self->removal != NULL)
    prolong_reserve_removal_flush (self->removal);
  GTK_WIDGET_CLASS (prolong_reserve_list_parent_class)->unroot (widget);
}

static void
prolong_reserve_list_dispose (GObject *object)
{
  ProlongReserveList *self = PROLONG_RESERVE_LIST (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->client);
  g_clear_object (&self->toasts);
  g_clear_object (&self->removal);
  G_OBJECT_CLASS (prolong_reserve_list_parent_class)->dispose (object);
}

static void
prolong_reserve_list_finalize (GObject *object)
{
  ProlongReserveList *self = PROLONG_RESERVE_LIST (object);

  g_clear_object (&self->cancellable);
  g_hash_table_unref (self->checking);
  G_OBJECT_CLASS (prolong_reserve_list_parent_class)->finalize (object);
}

static void
prolong_reserve_list_class_init (ProlongReserveListClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  static const struct
  {
    const char *name;
    GtkWidgetActionActivateFunc activate;
  } actions[] = {
    { "reserve.up", on_move },           { "reserve.down", on_move },   { "reserve.check", on_check },
    { "reserve.activate", on_activate }, { "reserve.retry", on_retry }, { "reserve.remove", on_remove },
  };

  G_OBJECT_CLASS (klass)->dispose = prolong_reserve_list_dispose;
  G_OBJECT_CLASS (klass)->finalize = prolong_reserve_list_finalize;
  widget_class->unroot = prolong_reserve_list_unroot;
  for (gsize i = 0; i < G_N_ELEMENTS (actions); i++)
    gtk_widget_class_install_action (widget_class, actions[i].name, "s", actions[i].activate);
}

static void
prolong_reserve_list_init (ProlongReserveList *self)
{
  GtkWidget *rows = gtk_list_box_new ();

  self->cancellable = g_cancellable_new ();
  self->checking = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->rows = GTK_LIST_BOX (rows);
  gtk_list_box_set_selection_mode (self->rows, GTK_SELECTION_NONE);
  gtk_list_box_set_sort_func (self->rows, compare_rows, NULL, NULL);
  gtk_widget_add_css_class (rows, "boxed-list");
  gtk_accessible_update_property (GTK_ACCESSIBLE (rows), GTK_ACCESSIBLE_PROPERTY_LABEL, _ ("Reserve codes"),
                                  -1);
  adw_bin_set_child (ADW_BIN (self), rows);
}
