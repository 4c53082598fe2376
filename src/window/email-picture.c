/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "window/email-picture.h"

#include <adwaita.h>
#include <glib/gi18n-lib.h>

#define PAD 12
#define FACE 28
#define BAR_HEIGHT 6
#define GAP 8
#define MARK_PAD 8
#define LINE 1

/* No vendor ever gave these. */
#define SAMPLE_NUMBER "0000-000000-00000000"
#define SAMPLE_CODE "XXXXX-XXXXX-XXXXX-XXXXX"

struct _ProlongEmailPicture
{
  GtkWidget parent_instance;

  gboolean number; /* whether the license number is told apart from the code */
};

G_DEFINE_FINAL_TYPE (ProlongEmailPicture, prolong_email_picture, GTK_TYPE_WIDGET)

typedef enum
{
  MARK_NONE,
  MARK_RIGHT,
  MARK_WRONG
} Mark;

/* The widget is measured by drawing without a snapshot, so that both always agree. */
typedef struct
{
  GtkWidget *widget;
  GtkSnapshot *snapshot; /* (nullable) */
  GdkRGBA ink;
  int width;
  int needed; /* width that texts need, without the edges */
  int y;
} Sheet;

static GdkRGBA
fade (const GdkRGBA *colour, double alpha)
{
  GdkRGBA faded = *colour;

  faded.alpha *= (float)alpha;
  return faded;
}

static void
fill (Sheet *sheet, int x, int y, int width, int height, int radius, const GdkRGBA *colour)
{
  gboolean from_right = gtk_widget_get_direction (sheet->widget) == GTK_TEXT_DIR_RTL;
  GskRoundedRect shape;

  if (sheet->snapshot == NULL || width <= 0)
    return;
  if (from_right)
    x = sheet->width - x - width;
  gsk_rounded_rect_init_from_rect (&shape, &GRAPHENE_RECT_INIT (x, y, width, height), (float)radius);
  gtk_snapshot_push_rounded_clip (sheet->snapshot, &shape);
  gtk_snapshot_append_color (sheet->snapshot, colour, &shape.bounds);
  gtk_snapshot_pop (sheet->snapshot);
}

/* A line of words that do not matter. */
static void
draw_bar (Sheet *sheet, int x, double part, double alpha)
{
  GdkRGBA colour = fade (&sheet->ink, alpha);
  int width = (int)((sheet->width - x - PAD) * part);

  fill (sheet, x, sheet->y, width, BAR_HEIGHT, BAR_HEIGHT / 2, &colour);
  sheet->y += BAR_HEIGHT + GAP;
}

/* Who sent it and about what, above the line, as programs for e-mail show it. */
static void
draw_head (Sheet *sheet)
{
  GdkRGBA face = fade (&sheet->ink, 0.25);
  GdkRGBA line = fade (&sheet->ink, 0.15);
  int x = PAD + FACE + GAP;

  fill (sheet, PAD, sheet->y, FACE, FACE, FACE / 2, &face);
  sheet->y += (FACE - 2 * BAR_HEIGHT - GAP) / 2;
  draw_bar (sheet, x, 0.35, 0.5);
  draw_bar (sheet, x, 0.6, 0.2);
  sheet->y = PAD + FACE + PAD;
  fill (sheet, 0, sheet->y, sheet->width, LINE, 0, &line);
  sheet->y += LINE + PAD;
}

static PangoLayout *
create_layout (GtkWidget *widget, const char *text, gboolean sample, Mark mark)
{
  PangoLayout *layout = gtk_widget_create_pango_layout (widget, text);
  g_autoptr (PangoAttrList) attributes = pango_attr_list_new ();

  pango_attr_list_insert (attributes, pango_attr_scale_new (PANGO_SCALE_SMALL));
  if (sample)
    pango_attr_list_insert (attributes, pango_attr_family_new ("monospace"));
  if (sample && mark == MARK_RIGHT)
    pango_attr_list_insert (attributes, pango_attr_weight_new (PANGO_WEIGHT_BOLD));
  if (sample && mark == MARK_WRONG)
    pango_attr_list_insert (attributes, pango_attr_strikethrough_new (TRUE));
  pango_layout_set_attributes (layout, attributes);
  return layout;
}

static void
draw_layout (Sheet *sheet, PangoLayout *layout, int x, const GdkRGBA *colour)
{
  gboolean from_right = gtk_widget_get_direction (sheet->widget) == GTK_TEXT_DIR_RTL;
  int width, height;

  pango_layout_get_pixel_size (layout, &width, &height);
  sheet->needed = MAX (sheet->needed, x - PAD + width + (x - PAD));
  if (sheet->snapshot != NULL)
    {
      gtk_snapshot_save (sheet->snapshot);
      gtk_snapshot_translate (sheet->snapshot,
                              &GRAPHENE_POINT_INIT (from_right ? sheet->width - x - width : x, sheet->y));
      gtk_snapshot_append_layout (sheet->snapshot, layout, colour);
      gtk_snapshot_restore (sheet->snapshot);
    }
  sheet->y += height;
}

/* The mark is a frame, and the wrong one a line through it, so that they are seen without their colour too.
 */
static void
draw_sample (Sheet *sheet, const char *text, Mark mark)
{
  g_autoptr (PangoLayout) layout = create_layout (sheet->widget, text, TRUE, mark);
  GtkStyleContext *style = gtk_widget_get_style_context (sheet->widget);
  gboolean from_right = gtk_widget_get_direction (sheet->widget) == GTK_TEXT_DIR_RTL;
  GdkRGBA colour = sheet->ink;
  GskRoundedRect frame;
  int width, height;
  int pad = mark == MARK_RIGHT ? MARK_PAD : 0;

  if (mark != MARK_NONE)
    gtk_style_context_lookup_color (style, mark == MARK_RIGHT ? "accent_color" : "error_color", &colour);
  pango_layout_get_pixel_size (layout, &width, &height);
  if (sheet->snapshot != NULL && mark == MARK_RIGHT)
    {
      GdkRGBA ground = fade (&colour, 0.12);
      int frame_width = width + 2 * pad;

      fill (sheet, PAD, sheet->y, frame_width, height + 2 * pad, 6, &ground);
      gsk_rounded_rect_init_from_rect (
          &frame,
          &GRAPHENE_RECT_INIT (from_right ? sheet->width - PAD - frame_width : PAD, sheet->y, frame_width,
                               height + 2 * pad),
          6);
      gtk_snapshot_append_border (sheet->snapshot, &frame, (float[4]){ 2, 2, 2, 2 },
                                  (GdkRGBA[4]){ colour, colour, colour, colour });
    }
  sheet->y += pad;
  draw_layout (sheet, layout, PAD + pad, &colour);
  sheet->y += pad + GAP;
}

static void
draw_line (Sheet *sheet, const char *title, const char *sample, Mark mark)
{
  g_autoptr (PangoLayout) layout = create_layout (sheet->widget, title, FALSE, mark);

  draw_layout (sheet, layout, PAD, &sheet->ink);
  sheet->y += GAP / 2;
  draw_sample (sheet, sample, mark);
}

static void
draw (Sheet *sheet)
{
  gboolean number = PROLONG_EMAIL_PICTURE (sheet->widget)->number;

  sheet->y = PAD;
  draw_head (sheet);
  draw_bar (sheet, PAD, 0.9, 0.2);
  if (number)
    draw_line (sheet, _ ("License number:"), SAMPLE_NUMBER, MARK_WRONG);
  draw_line (sheet, _ ("Activation code:"), SAMPLE_CODE, MARK_RIGHT);
  draw_bar (sheet, PAD, 0.45, 0.2);
  sheet->y += PAD - GAP;
}

static void
prolong_email_picture_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  Sheet sheet = { .widget = widget, .snapshot = snapshot, .width = gtk_widget_get_width (widget) };

  gtk_style_context_get_color (gtk_widget_get_style_context (widget), &sheet.ink);
  draw (&sheet);
}

static void
prolong_email_picture_measure (GtkWidget *widget,
                               GtkOrientation orientation,
                               int for_size,
                               int *minimum,
                               int *natural,
                               int *minimum_baseline,
                               int *natural_baseline)
{
  Sheet sheet = { .widget = widget };

  draw (&sheet);
  *minimum_baseline = *natural_baseline = -1;
  *minimum = *natural = orientation == GTK_ORIENTATION_HORIZONTAL ? sheet.needed + 2 * PAD : sheet.y;
}

static void
prolong_email_picture_class_init (ProlongEmailPictureClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  widget_class->measure = prolong_email_picture_measure;
  widget_class->snapshot = prolong_email_picture_snapshot;
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_IMG);
}

static void
prolong_email_picture_init (ProlongEmailPicture *self)
{
  gtk_widget_add_css_class (GTK_WIDGET (self), "card");
  gtk_widget_set_overflow (GTK_WIDGET (self), GTK_OVERFLOW_HIDDEN);
  prolong_email_picture_show_number (self, FALSE);
}

void
prolong_email_picture_show_number (ProlongEmailPicture *self, gboolean number)
{
  self->number = number;
  gtk_accessible_update_property (
      GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL,
      number ? _ ("Picture of the license e‑mail: the activation code stands below the license number")
             : _ ("Picture of the license e‑mail: the activation code stands on a line of its own"),
      -1);
  gtk_widget_queue_resize (GTK_WIDGET (self));
}
