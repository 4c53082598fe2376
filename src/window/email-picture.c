/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "window/email-picture.h"

#include <adwaita.h>
#include <glib/gi18n-lib.h>

#define PAD 12
#define BAR_HEIGHT 6
#define BAR_GAP 8
#define MARK_PAD 8

/* A code that no service ever gave. */
#define SAMPLE_CODE "XXXXX-XXXXX-XXXXX-XXXXX"

struct _ProlongEmailPicture
{
  GtkWidget parent_instance;
};

G_DEFINE_FINAL_TYPE (ProlongEmailPicture, prolong_email_picture, GTK_TYPE_WIDGET)

typedef struct
{
  GtkSnapshot *snapshot;
  GdkRGBA ink;
  int width;
  gboolean from_right;
  int y;
} Sheet;

static PangoLayout *
create_layout (GtkWidget *widget, const char *text, const char *family, PangoWeight weight)
{
  PangoLayout *layout = gtk_widget_create_pango_layout (widget, text);
  g_autoptr (PangoAttrList) attributes = pango_attr_list_new ();

  pango_attr_list_insert (attributes, pango_attr_scale_new (PANGO_SCALE_SMALL));
  pango_attr_list_insert (attributes, pango_attr_weight_new (weight));
  if (family != NULL)
    pango_attr_list_insert (attributes, pango_attr_family_new (family));
  pango_layout_set_attributes (layout, attributes);
  return layout;
}

static PangoLayout *
create_title (GtkWidget *widget)
{
  return create_layout (widget, _("Activation code:"), NULL, PANGO_WEIGHT_NORMAL);
}

static PangoLayout *
create_code (GtkWidget *widget)
{
  return create_layout (widget, SAMPLE_CODE, "monospace", PANGO_WEIGHT_BOLD);
}

static void
get_size (PangoLayout *layout, int *width, int *height)
{
  pango_layout_get_pixel_size (layout, width, height);
}

static void
draw_bar (Sheet *sheet, double part, double alpha)
{
  int width = (int)((sheet->width - 2 * PAD) * part);
  int x = sheet->from_right ? sheet->width - PAD - width : PAD;
  GdkRGBA colour = sheet->ink;
  GskRoundedRect shape;

  colour.alpha *= (float)alpha;
  gsk_rounded_rect_init_from_rect (&shape, &GRAPHENE_RECT_INIT (x, sheet->y, width, BAR_HEIGHT),
                                   BAR_HEIGHT / 2.0f);
  gtk_snapshot_push_rounded_clip (sheet->snapshot, &shape);
  gtk_snapshot_append_color (sheet->snapshot, &colour, &shape.bounds);
  gtk_snapshot_pop (sheet->snapshot);
  sheet->y += BAR_HEIGHT + BAR_GAP;
}

static void
draw_layout (Sheet *sheet, PangoLayout *layout, int x, const GdkRGBA *colour)
{
  int width, height;

  get_size (layout, &width, &height);
  gtk_snapshot_save (sheet->snapshot);
  gtk_snapshot_translate (sheet->snapshot,
                          &GRAPHENE_POINT_INIT (sheet->from_right ? sheet->width - x - width : x, sheet->y));
  gtk_snapshot_append_layout (sheet->snapshot, layout, colour);
  gtk_snapshot_restore (sheet->snapshot);
  sheet->y += height;
}

/* The mark is a frame, so that it is seen without its colour too. */
static void
draw_mark (Sheet *sheet, GtkWidget *widget, PangoLayout *code)
{
  GdkRGBA accent = sheet->ink;
  GskRoundedRect shape;
  int width, height;
  int x;

  gtk_style_context_lookup_color (gtk_widget_get_style_context (widget), "accent_color", &accent);
  get_size (code, &width, &height);
  x = sheet->from_right ? sheet->width - PAD - width - 2 * MARK_PAD : PAD;
  gsk_rounded_rect_init_from_rect (
      &shape, &GRAPHENE_RECT_INIT (x, sheet->y, width + 2 * MARK_PAD, height + 2 * MARK_PAD), 6);
  gtk_snapshot_append_border (sheet->snapshot, &shape, (float[4]){ 2, 2, 2, 2 },
                              (GdkRGBA[4]){ accent, accent, accent, accent });
  sheet->y += MARK_PAD;
  draw_layout (sheet, code, PAD + MARK_PAD, &accent);
  sheet->y += MARK_PAD + BAR_GAP;
}

static void
prolong_email_picture_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  g_autoptr (PangoLayout) title = create_title (widget);
  g_autoptr (PangoLayout) code = create_code (widget);
  Sheet sheet = {
    .snapshot = snapshot,
    .width = gtk_widget_get_width (widget),
    .from_right = gtk_widget_get_direction (widget) == GTK_TEXT_DIR_RTL,
    .y = PAD,
  };

  gtk_style_context_get_color (gtk_widget_get_style_context (widget), &sheet.ink);
  draw_bar (&sheet, 0.35, 0.45);
  draw_bar (&sheet, 0.9, 0.2);
  draw_bar (&sheet, 0.6, 0.2);
  sheet.y += BAR_GAP / 2;
  draw_layout (&sheet, title, PAD, &sheet.ink);
  sheet.y += BAR_GAP / 2;
  draw_mark (&sheet, widget, code);
  draw_bar (&sheet, 0.8, 0.2);
  draw_bar (&sheet, 0.45, 0.2);
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
  g_autoptr (PangoLayout) title = create_title (widget);
  g_autoptr (PangoLayout) code = create_code (widget);
  int code_width, code_height, title_width, title_height;

  get_size (title, &title_width, &title_height);
  get_size (code, &code_width, &code_height);
  *minimum_baseline = *natural_baseline = -1;
  if (orientation == GTK_ORIENTATION_HORIZONTAL)
    *minimum = *natural = MAX (code_width + 2 * MARK_PAD, title_width) + 2 * PAD;
  else
    *minimum = *natural = 2 * PAD + 5 * BAR_HEIGHT + 6 * BAR_GAP + BAR_GAP / 2 + title_height + code_height
                          + 2 * MARK_PAD - BAR_GAP / 2;
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
  gtk_accessible_update_property (
      GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL,
      _("Picture of the license e-mail: the activation code stands on a line of its own"), -1);
}
