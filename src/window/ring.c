/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "window/ring.h"

#include <math.h>

#include <adwaita.h>

#define RING_WIDTH 10
#define RING_GAP 6
#define RING_MIN_DIAMETER 160

struct _ProlongRing
{
  GtkWidget parent_instance;

  double fraction;
  const char *colour; /* (nullable) static */
};

G_DEFINE_FINAL_TYPE (ProlongRing, prolong_ring, GTK_TYPE_WIDGET)

/* Large text makes the child larger, and then the ring grows around it. */
static void
prolong_ring_measure (GtkWidget *widget,
                      GtkOrientation orientation,
                      int for_size,
                      int *minimum,
                      int *natural,
                      int *minimum_baseline,
                      int *natural_baseline)
{
  GtkWidget *child = gtk_widget_get_first_child (widget);
  GtkRequisition size = { 0, 0 };
  int diameter;

  if (child != NULL)
    gtk_widget_get_preferred_size (child, NULL, &size);
  diameter = (int)ceil (hypot (size.width, size.height)) + 2 * (RING_WIDTH + RING_GAP);
  *minimum = *natural = MAX (diameter, RING_MIN_DIAMETER);
  *minimum_baseline = *natural_baseline = -1;
}

static void
prolong_ring_size_allocate (GtkWidget *widget, int width, int height, int baseline)
{
  GtkWidget *child = gtk_widget_get_first_child (widget);
  GtkRequisition size;
  GtkAllocation place;

  if (child == NULL)
    return;
  gtk_widget_get_preferred_size (child, NULL, &size);
  place = (GtkAllocation){ (width - size.width) / 2, (height - size.height) / 2, size.width, size.height };
  gtk_widget_size_allocate (child, &place, -1);
}

/* On light ground the colours for areas are the vivid ones; on dark ground, and for contrast, those for text.
 */
static GdkRGBA
find_colour (ProlongRing *self)
{
  AdwStyleManager *manager = adw_style_manager_get_default ();
  gboolean text = adw_style_manager_get_dark (manager) || adw_style_manager_get_high_contrast (manager);
  GtkStyleContext *style = gtk_widget_get_style_context (GTK_WIDGET (self));
  g_autofree char *name = g_strdup_printf ("%s_%s", self->colour, text ? "color" : "bg_color");
  GdkRGBA colour;

  if (self->colour == NULL || !gtk_style_context_lookup_color (style, name, &colour))
    gtk_style_context_get_color (style, &colour);
  return colour;
}

static void
prolong_ring_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  ProlongRing *self = PROLONG_RING (widget);
  int width = gtk_widget_get_width (widget);
  int height = gtk_widget_get_height (widget);
  gboolean contrast = adw_style_manager_get_high_contrast (adw_style_manager_get_default ());
  double radius = (MIN (width, height) - RING_WIDTH) / 2.0;
  GdkRGBA colour = find_colour (self);
  cairo_t *cr;

  cr = gtk_snapshot_append_cairo (snapshot, &GRAPHENE_RECT_INIT (0, 0, width, height));
  cairo_translate (cr, width / 2.0, height / 2.0);
  cairo_set_line_cap (cr, CAIRO_LINE_CAP_ROUND);
  cairo_set_line_width (cr, RING_WIDTH);
  cairo_arc (cr, 0, 0, radius, 0, 2 * G_PI);
  cairo_set_source_rgba (cr, colour.red, colour.green, colour.blue, contrast ? 0.35 : 0.16);
  cairo_stroke (cr);
  if (self->fraction > 0)
    {
      cairo_arc (cr, 0, 0, radius, -G_PI_2, -G_PI_2 + 2 * G_PI * self->fraction);
      gdk_cairo_set_source_rgba (cr, &colour);
      cairo_stroke (cr);
    }
  cairo_destroy (cr);
  GTK_WIDGET_CLASS (prolong_ring_parent_class)->snapshot (widget, snapshot);
}

static void
prolong_ring_dispose (GObject *object)
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (object))) != NULL)
    gtk_widget_unparent (child);
  G_OBJECT_CLASS (prolong_ring_parent_class)->dispose (object);
}

static void
prolong_ring_class_init (ProlongRingClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = prolong_ring_dispose;
  widget_class->measure = prolong_ring_measure;
  widget_class->size_allocate = prolong_ring_size_allocate;
  widget_class->snapshot = prolong_ring_snapshot;
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_METER);
}

static void
prolong_ring_init (ProlongRing *self)
{
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_VALUE_MIN, 0.0,
                                  GTK_ACCESSIBLE_PROPERTY_VALUE_MAX, 1.0, -1);
}

void
prolong_ring_show (ProlongRing *self, double fraction, const char *colour, const char *words)
{
  self->colour = colour != NULL ? g_intern_string (colour) : NULL;
  self->fraction = CLAMP (fraction, 0.0, 1.0);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, words,
                                  GTK_ACCESSIBLE_PROPERTY_VALUE_NOW, self->fraction, -1);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}
