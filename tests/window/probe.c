/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Preloaded into a GTK program, so that what it shows can be measured without a word of it in the program
 * itself.
 *
 * With PROBE_TEXT it says `PAINTED NANOSECONDS KIB` after the first frame in which a label holds that text:
 * the monotonic time and the peak of the resident memory. On SIGUSR1 it says of the newest window
 * `ELLIPSIZED TEXT` for each label that is cut, `OUTSIDE TYPE` for each thing to read or press that sticks
 * out of its window sideways, and at last `LOOKED WIDTH HEIGHT`. With PROBE_RTL the window is laid out from
 * right to left. With PROBE_FOCUS it tells of the focus as well (probe-focus.c). */

#include <dlfcn.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include <glib-unix.h>
#include <gtk/gtk.h>

#include "probe-focus.h"

typedef void (*Visit) (GtkWidget *widget, gpointer user_data);

static void
visit (GtkWidget *widget, Visit function, gpointer user_data)
{
  if (!gtk_widget_get_mapped (widget) || !gtk_widget_get_child_visible (widget))
    return;
  function (widget, user_data);
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    visit (child, function, user_data);
}

static void
find_text (GtkWidget *widget, gpointer user_data)
{
  gboolean *found = user_data;

  if (GTK_IS_LABEL (widget)
      && strstr (gtk_label_get_text (GTK_LABEL (widget)), g_getenv ("PROBE_TEXT")) != NULL)
    *found = TRUE;
}

static long
read_peak (void)
{
  g_autofree char *status = NULL;
  const char *line;

  if (!g_file_get_contents ("/proc/self/status", &status, NULL, NULL))
    return 0;
  line = strstr (status, "VmHWM:");
  return line != NULL ? strtol (line + strlen ("VmHWM:"), NULL, 10) : 0;
}

static void
on_after_paint (GdkFrameClock *clock, gpointer user_data)
{
  GtkWidget *window = user_data;
  gboolean found = FALSE;
  struct timespec now;

  visit (window, find_text, &found);
  if (!found)
    return;
  gdk_display_sync (gtk_widget_get_display (window));
  clock_gettime (CLOCK_MONOTONIC, &now);
  printf ("PAINTED %lld %ld\n", (long long)now.tv_sec * 1000000000 + now.tv_nsec, read_peak ());
  fflush (stdout);
  g_signal_handlers_disconnect_by_func (clock, on_after_paint, user_data);
}

/* Frames and header bars overlap the edge of a window by a pixel, on purpose. */
static gboolean
is_content (GtkWidget *widget)
{
  return GTK_IS_LABEL (widget) || GTK_IS_IMAGE (widget) || GTK_IS_BUTTON (widget) || GTK_IS_TEXT (widget)
         || GTK_IS_LIST_BOX_ROW (widget);
}

static void
check_widget (GtkWidget *widget, gpointer user_data)
{
  GtkWidget *window = user_data;
  graphene_rect_t bounds;

  if (GTK_IS_LABEL (widget) && pango_layout_is_ellipsized (gtk_label_get_layout (GTK_LABEL (widget))))
    printf ("ELLIPSIZED %s\n", gtk_label_get_text (GTK_LABEL (widget)));
  if (gtk_widget_get_native (widget) != GTK_NATIVE (window))
    return; /* A menu is a surface of its own, which the display places. */
  if (is_content (widget) && gtk_widget_compute_bounds (widget, window, &bounds) && bounds.size.width > 0
      && (bounds.origin.x < -0.5
          || bounds.origin.x + bounds.size.width > gtk_widget_get_width (window) + 0.5))
    printf ("OUTSIDE %s %g %g\n", G_OBJECT_TYPE_NAME (widget), (double)bounds.origin.x,
            (double)bounds.size.width);
}

static GtkWidget *newest; /* of the windows that are there */

static gboolean
on_signal (gpointer user_data)
{
  GtkWidget *window = newest != NULL ? newest : user_data;

  visit (window, check_widget, window);
  printf ("LOOKED %d %d\n", gtk_widget_get_width (window), gtk_widget_get_height (window));
  fflush (stdout);
  return G_SOURCE_CONTINUE;
}

G_MODULE_EXPORT void
gtk_window_present (GtkWindow *window)
{
  static gboolean attached;
  void (*present) (GtkWindow * window) = (void (*) (GtkWindow *))dlsym (RTLD_NEXT, "gtk_window_present");

  if (g_getenv ("PROBE_RTL") != NULL)
    gtk_widget_set_default_direction (GTK_TEXT_DIR_RTL);
  present (window);
  g_set_weak_pointer (&newest, GTK_WIDGET (window));
  if (attached)
    return;
  attached = TRUE;
  if (g_getenv ("PROBE_FOCUS") != NULL)
    probe_focus_attach ();
  if (g_getenv ("PROBE_TEXT") != NULL)
    g_signal_connect (gdk_surface_get_frame_clock (gtk_native_get_surface (GTK_NATIVE (window))),
                      "after-paint", G_CALLBACK (on_after_paint), window);
  g_unix_signal_add (SIGUSR1, on_signal, window);
}
