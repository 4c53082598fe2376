/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "window/coverage.h"

#include <adwaita.h>
#include <glib/gi18n-lib.h>
#include <math.h>

#define BAR_HEIGHT 14
#define BAR_RADIUS 5
#define BAR_SPACING 3
#define DATE_SPACING 6
#define HATCH_WIDTH 6

/* A license of a day before a code of three years must still be seen. */
#define SHORTEST_SPAN 12

typedef struct
{
  ProlongSpanKind kind;
  gint64 to;
  double x; /* from the side where reading starts */
  double width;
} Piece;

struct _ProlongCoverage
{
  GtkWidget parent_instance;

  GArray *plan; /* (element-type ProlongSpan), their codes are not kept */
};

G_DEFINE_FINAL_TYPE (ProlongCoverage, prolong_coverage, GTK_TYPE_WIDGET)

static PangoLayout *
new_date (ProlongCoverage *self, gint64 instant)
{
  g_autoptr (GDateTime) local = g_date_time_new_from_unix_local (instant);
  /* Translators: a short date as for g_date_time_format(): %-d day, %b short name of the month, %Y year. */
  g_autofree char *text = local != NULL ? g_date_time_format (local, _ ("%-d %b %Y")) : NULL;

  return gtk_widget_create_pango_layout (GTK_WIDGET (self), text != NULL ? text : "—");
}

static void
prolong_coverage_measure (GtkWidget *widget,
                          GtkOrientation orientation,
                          int for_size,
                          int *minimum,
                          int *natural,
                          int *minimum_baseline,
                          int *natural_baseline)
{
  ProlongCoverage *self = PROLONG_COVERAGE (widget);
  g_autoptr (PangoLayout) date = new_date (self, 0);
  int width, height;

  pango_layout_get_pixel_size (date, &width, &height);
  *minimum_baseline = *natural_baseline = -1;
  if (orientation == GTK_ORIENTATION_VERTICAL)
    *minimum = *natural = BAR_HEIGHT + DATE_SPACING + height;
  else
    *minimum = *natural = MAX (width, (int)self->plan->len * (SHORTEST_SPAN + BAR_SPACING));
}

/* Widths go by time; what would be too small to be seen is made larger at the cost of the others. */
static GArray *
new_pieces (ProlongCoverage *self, double width)
{
  GArray *pieces = g_array_new (FALSE, FALSE, sizeof (Piece));
  guint n = self->plan->len;
  double room = width - BAR_SPACING * (n - 1.0) - SHORTEST_SPAN * (double)n;
  gint64 start = g_array_index (self->plan, ProlongSpan, 0).from;
  double total = (double)(g_array_index (self->plan, ProlongSpan, n - 1).to - start);
  double x = 0;

  for (guint i = 0; i < n; i++)
    {
      const ProlongSpan *span = &g_array_index (self->plan, ProlongSpan, i);
      double share = (double)(span->to - span->from) / total;
      Piece piece = { span->kind, span->to, x, SHORTEST_SPAN + share * MAX (room, 0) };

      g_array_append_val (pieces, piece);
      x += piece.width + BAR_SPACING;
    }
  return pieces;
}

static gboolean
has_contrast (void)
{
  return adw_style_manager_get_high_contrast (adw_style_manager_get_default ());
}

static void
find_colour (ProlongCoverage *self, ProlongSpanKind kind, GdkRGBA *colour)
{
  GtkStyleContext *style = gtk_widget_get_style_context (GTK_WIDGET (self));
  gboolean text = has_contrast () || kind == PROLONG_SPAN_GAP;

  if (text || !gtk_style_context_lookup_color (style, "accent_bg_color", colour))
    gtk_style_context_get_color (style, colour);
  if (kind == PROLONG_SPAN_RESERVE)
    colour->alpha *= has_contrast () ? 0.5f : 0.4f;
  if (kind == PROLONG_SPAN_GAP)
    colour->alpha *= has_contrast () ? 1.0f : 0.45f;
}

static void
draw_piece (ProlongCoverage *self, GtkSnapshot *snapshot, const Piece *piece, double left)
{
  graphene_rect_t bounds = GRAPHENE_RECT_INIT ((float)left, 0, (float)piece->width, BAR_HEIGHT);
  gboolean gap = piece->kind == PROLONG_SPAN_GAP;
  GskRoundedRect outline;
  GdkRGBA colour;

  find_colour (self, piece->kind, &colour);
  gsk_rounded_rect_init_from_rect (&outline, &bounds, BAR_RADIUS);
  gtk_snapshot_push_rounded_clip (snapshot, &outline);
  if (gap)
    {
      GdkRGBA none = { colour.red, colour.green, colour.blue, 0 };
      GskColorStop stops[] = { { 0, none }, { 0.6f, none }, { 0.6f, colour }, { 1, colour } };
      graphene_point_t from = GRAPHENE_POINT_INIT ((float)left, 0);
      graphene_point_t to = GRAPHENE_POINT_INIT ((float)left + HATCH_WIDTH, HATCH_WIDTH);

      gtk_snapshot_append_repeating_linear_gradient (snapshot, &bounds, &from, &to, stops,
                                                     G_N_ELEMENTS (stops));
    }
  else
    {
      gtk_snapshot_append_color (snapshot, &colour, &bounds);
    }
  gtk_snapshot_pop (snapshot);
  if (gap || has_contrast ())
    {
      GdkRGBA line = colour;

      line.alpha = has_contrast () ? 1.0f : colour.alpha;
      gtk_snapshot_append_border (snapshot, &outline, (float[4]){ 1, 1, 1, 1 },
                                  (GdkRGBA[4]){ line, line, line, line });
    }
}

/* A date stands below the end that it is of, as far as the edges let it, where no other one stands yet. */
static void
draw_date (ProlongCoverage *self, GtkSnapshot *snapshot, const Piece *piece, GArray *taken)
{
  GtkWidget *widget = GTK_WIDGET (self);
  g_autoptr (PangoLayout) layout = new_date (self, piece->to);
  gboolean mirrored = gtk_widget_get_direction (widget) == GTK_TEXT_DIR_RTL;
  double whole = gtk_widget_get_width (widget);
  double end = mirrored ? whole - piece->x - piece->width : piece->x + piece->width;
  GdkRGBA colour;
  int width;
  double left;

  pango_layout_get_pixel_size (layout, &width, NULL);
  left = CLAMP (end - width / 2.0, 0, MAX (whole - width, 0));
  for (guint i = 0; i < taken->len; i++)
    {
      double other = g_array_index (taken, double, i);

      if (fabs (other - left) < width + 2 * DATE_SPACING)
        return;
    }
  g_array_append_val (taken, left);
  gtk_style_context_get_color (gtk_widget_get_style_context (widget), &colour);
  gtk_snapshot_save (snapshot);
  gtk_snapshot_translate (snapshot, &GRAPHENE_POINT_INIT ((float)floor (left), BAR_HEIGHT + DATE_SPACING));
  gtk_snapshot_append_layout (snapshot, layout, &colour);
  gtk_snapshot_restore (snapshot);
}

static void
prolong_coverage_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  ProlongCoverage *self = PROLONG_COVERAGE (widget);
  gboolean mirrored = gtk_widget_get_direction (widget) == GTK_TEXT_DIR_RTL;
  double width = gtk_widget_get_width (widget);
  g_autoptr (GArray) pieces = NULL;
  g_autoptr (GArray) taken = g_array_new (FALSE, FALSE, sizeof (double));

  if (self->plan->len == 0)
    return;
  pieces = new_pieces (self, width);
  for (guint i = 0; i < pieces->len; i++)
    {
      const Piece *piece = &g_array_index (pieces, Piece, i);

      draw_piece (self, snapshot, piece, mirrored ? width - piece->x - piece->width : piece->x);
    }
  /* The last end is what matters most, then what comes first. */
  draw_date (self, snapshot, &g_array_index (pieces, Piece, pieces->len - 1), taken);
  for (guint i = 0; i + 1 < pieces->len; i++)
    draw_date (self, snapshot, &g_array_index (pieces, Piece, i), taken);
}

static void
prolong_coverage_finalize (GObject *object)
{
  g_array_unref (PROLONG_COVERAGE (object)->plan);
  G_OBJECT_CLASS (prolong_coverage_parent_class)->finalize (object);
}

static void
prolong_coverage_class_init (ProlongCoverageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = prolong_coverage_finalize;
  widget_class->measure = prolong_coverage_measure;
  widget_class->snapshot = prolong_coverage_snapshot;
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_IMG);
}

static void
prolong_coverage_init (ProlongCoverage *self)
{
  self->plan = g_array_new (FALSE, FALSE, sizeof (ProlongSpan));
  gtk_widget_add_css_class (GTK_WIDGET (self), "caption");
  gtk_widget_set_overflow (GTK_WIDGET (self), GTK_OVERFLOW_HIDDEN);
  g_signal_connect_object (adw_style_manager_get_default (), "notify", G_CALLBACK (gtk_widget_queue_draw),
                           self, G_CONNECT_SWAPPED);
}

void
prolong_coverage_show (ProlongCoverage *self, GArray *plan, const char *words)
{
  g_array_set_size (self->plan, 0);
  g_array_append_vals (self->plan, plan->data, plan->len);
  for (guint i = 0; i < self->plan->len; i++)
    g_array_index (self->plan, ProlongSpan, i).reserve = NULL;
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, words, -1);
  gtk_widget_queue_resize (GTK_WIDGET (self));
}
