/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Where the keyboard is. Whenever the focus moved and the window was drawn, `FOCUSED ID TYPE seen|hidden
 * TEXT`: hidden is what has the focus but stays scrolled out of sight. On SIGUSR2, for the window that has
 * the keyboard and once it is laid out, since GTK scrolls to nothing that was not: `FOCUSABLE ID TYPE TEXT`
 * for each thing that takes the focus now, `SUGGESTED TEXT` for each marked button, `AT TYPE seen|hidden` for
 * the focus, and at last `LISTED`. */

#include "probe-focus.h"

#include <signal.h>
#include <stdio.h>

#include <glib-unix.h>

/* Once for the change itself, and once after it was laid out; more while the view still has to follow. */
#define FRAMES 2
#define PATIENCE 60

static const char *
get_text (GtkWidget *widget)
{
  const char *text = NULL;

  if (GTK_IS_LABEL (widget))
    text = gtk_label_get_text (GTK_LABEL (widget));
  for (GtkWidget *child = gtk_widget_get_first_child (widget); GTK_IS_BUTTON (widget) && child != NULL;
       child = gtk_widget_get_first_child (child))
    if (GTK_IS_LABEL (child))
      text = gtk_label_get_text (GTK_LABEL (child));
  if (text == NULL)
    text = gtk_widget_get_tooltip_text (widget);
  return text != NULL ? text : "";
}

/* What is higher than its view need not fill it. */
static gboolean
is_within (GtkWidget *widget, GtkWidget *view)
{
  graphene_rect_t bounds, seen;
  graphene_rect_t whole
      = GRAPHENE_RECT_INIT (0, 0, (float)gtk_widget_get_width (view), (float)gtk_widget_get_height (view));

  if (!gtk_widget_compute_bounds (widget, view, &bounds)
      || !graphene_rect_intersection (&bounds, &whole, &seen))
    return FALSE;
  return seen.size.width > MIN (bounds.size.width, whole.size.width) - 1.5f
         && (seen.size.height > bounds.size.height - 1.5f || seen.size.height > whole.size.height / 2);
}

static gboolean
is_seen (GtkWidget *widget)
{
  GtkWidget *surface = GTK_WIDGET (gtk_widget_get_native (widget));

  if (surface == NULL)
    return FALSE; /* It is about to go. */
  for (GtkWidget *above = widget; above != surface; above = gtk_widget_get_parent (above))
    if (GTK_IS_SCROLLED_WINDOW (above) && !is_within (widget, above))
      return FALSE;
  return is_within (widget, surface);
}

static gboolean
on_frame (GtkWidget *window, GdkFrameClock *clock, gpointer user_data)
{
  guint *frames = user_data;
  GtkWidget *focus = gtk_window_get_focus (GTK_WINDOW (window));

  ++*frames;
  if (*frames <= FRAMES || (focus != NULL && !is_seen (focus) && *frames < PATIENCE))
    return G_SOURCE_CONTINUE;
  g_object_set_data (G_OBJECT (window), "probe-focus", NULL);
  if (focus != NULL)
    printf ("FOCUSED %p %s %s %s\n", (void *)focus, G_OBJECT_TYPE_NAME (focus),
            is_seen (focus) ? "seen" : "hidden", get_text (focus));
  fflush (stdout);
  return G_SOURCE_REMOVE;
}

static void
on_focus (GtkWidget *window)
{
  guint *frames = g_object_get_data (G_OBJECT (window), "probe-focus");

  if (frames != NULL)
    {
      *frames = 0;
      return;
    }
  frames = g_new0 (guint, 1);
  g_object_set_data (G_OBJECT (window), "probe-focus", frames);
  gtk_widget_add_tick_callback (window, on_frame, frames, g_free);
}

static void
on_windows (GListModel *windows, guint position, guint removed, guint added, gpointer user_data)
{
  for (guint i = position; i < position + added; i++)
    {
      g_autoptr (GtkWindow) window = g_list_model_get_item (windows, i);

      g_signal_connect (window, "notify::focus-widget", G_CALLBACK (on_focus), NULL);
    }
}

static void
list (GtkWidget *widget)
{
  if (!gtk_widget_get_mapped (widget) || !gtk_widget_get_child_visible (widget)
      || !gtk_widget_get_can_focus (widget))
    return;
  if (gtk_widget_get_focusable (widget) && gtk_widget_is_sensitive (widget))
    printf ("FOCUSABLE %p %s %s\n", (void *)widget, G_OBJECT_TYPE_NAME (widget), get_text (widget));
  if (gtk_widget_has_css_class (widget, "suggested-action") && gtk_widget_is_sensitive (widget))
    printf ("SUGGESTED %s\n", get_text (widget));
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    list (child);
}

static gboolean
on_list_frame (GtkWidget *window, GdkFrameClock *clock, gpointer user_data)
{
  guint *frames = user_data;
  GtkWidget *focus = gtk_window_get_focus (GTK_WINDOW (window));

  if (++*frames <= FRAMES)
    return G_SOURCE_CONTINUE;
  list (window);
  if (g_object_get_data (G_OBJECT (window), "probe-focus") != NULL)
    printf ("MOVING\n");
  if (focus != NULL)
    printf ("AT %s %s\n", G_OBJECT_TYPE_NAME (focus), is_seen (focus) ? "seen" : "hidden");
  printf ("LISTED\n");
  fflush (stdout);
  return G_SOURCE_REMOVE;
}

static gboolean
on_signal (gpointer user_data)
{
  GListModel *windows = gtk_window_get_toplevels ();

  for (guint i = 0; i < g_list_model_get_n_items (windows); i++)
    {
      g_autoptr (GtkWindow) window = g_list_model_get_item (windows, i);

      if (gtk_window_is_active (window))
        {
          gtk_widget_add_tick_callback (GTK_WIDGET (window), on_list_frame, g_new0 (guint, 1), g_free);
          return G_SOURCE_CONTINUE;
        }
    }
  printf ("LISTED\n");
  fflush (stdout);
  return G_SOURCE_CONTINUE;
}

void
probe_focus_attach (void)
{
  GListModel *windows = gtk_window_get_toplevels ();

  g_signal_connect (windows, "items-changed", G_CALLBACK (on_windows), NULL);
  on_windows (windows, 0, 0, g_list_model_get_n_items (windows), NULL);
  g_unix_signal_add (SIGUSR2, on_signal, NULL);
}
