/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "window/wrap-box.h"

#define WRAP_BOX_SPACING 12

struct _ProlongWrapBox
{
  GtkWidget parent_instance;
};

G_DEFINE_FINAL_TYPE (ProlongWrapBox, prolong_wrap_box, GTK_TYPE_WIDGET)

static GtkWidget *
next_visible (GtkWidget *child)
{
  while (child != NULL && !gtk_widget_should_layout (child))
    child = gtk_widget_get_next_sibling (child);
  return child;
}

/* What does not fit beside each other stands below each other, and is then as wide as the widest. */
static int
find_column_width (GtkWidget *widget, int available)
{
  int sum = -WRAP_BOX_SPACING, widest = 0;

  for (GtkWidget *child = next_visible (gtk_widget_get_first_child (widget)); child != NULL;
       child = next_visible (gtk_widget_get_next_sibling (child)))
    {
      int natural;

      gtk_widget_measure (child, GTK_ORIENTATION_HORIZONTAL, -1, NULL, &natural, NULL, NULL);
      sum += natural + WRAP_BOX_SPACING;
      widest = MAX (widest, natural);
    }
  return sum > available ? widest : 0;
}

static int
child_width (GtkWidget *child, int column, int available)
{
  int minimum, natural;

  gtk_widget_measure (child, GTK_ORIENTATION_HORIZONTAL, -1, &minimum, &natural, NULL, NULL);
  return CLAMP (available, minimum, MAX (natural, column));
}

static int
child_height (GtkWidget *child, int width)
{
  int natural;

  gtk_widget_measure (child, GTK_ORIENTATION_VERTICAL, width, NULL, &natural, NULL, NULL);
  return natural;
}

/* Finds the children of one line: returns the first one of the next line. */
static GtkWidget *
measure_line (GtkWidget *first, int column, int available, int *line_width, int *line_height)
{
  GtkWidget *child = first;

  *line_width = *line_height = 0;
  while (child != NULL)
    {
      int width = child_width (child, column, available);

      if (child != first && *line_width + WRAP_BOX_SPACING + width > available)
        break;
      *line_width += width + (child != first ? WRAP_BOX_SPACING : 0);
      *line_height = MAX (*line_height, child_height (child, width));
      child = next_visible (gtk_widget_get_next_sibling (child));
    }
  return child;
}

static int
measure_lines (GtkWidget *widget, int available)
{
  GtkWidget *child = next_visible (gtk_widget_get_first_child (widget));
  int column = find_column_width (widget, available);
  int width, height, sum = 0;

  while (child != NULL)
    {
      child = measure_line (child, column, available, &width, &height);
      sum += height + (child != NULL ? WRAP_BOX_SPACING : 0);
    }
  return sum;
}

static void
prolong_wrap_box_measure (GtkWidget *widget,
                          GtkOrientation orientation,
                          int for_size,
                          int *minimum,
                          int *natural,
                          int *minimum_baseline,
                          int *natural_baseline)
{
  *minimum = *natural = 0;
  *minimum_baseline = *natural_baseline = -1;
  for (GtkWidget *child = next_visible (gtk_widget_get_first_child (widget)); child != NULL;
       child = next_visible (gtk_widget_get_next_sibling (child)))
    {
      int child_minimum, child_natural;

      gtk_widget_measure (child, GTK_ORIENTATION_HORIZONTAL, -1, &child_minimum, &child_natural, NULL, NULL);
      *minimum = MAX (*minimum, child_minimum);
      *natural += child_natural + (*natural > 0 ? WRAP_BOX_SPACING : 0);
    }
  if (orientation == GTK_ORIENTATION_VERTICAL)
    *minimum = *natural = measure_lines (widget, for_size >= 0 ? for_size : *natural);
}

static void
allocate_line (GtkWidget *first, GtkWidget *end, int column, const GtkAllocation *line, int total)
{
  gboolean from_right = gtk_widget_get_direction (first) == GTK_TEXT_DIR_RTL;
  int x = line->x;

  for (GtkWidget *child = first; child != end; child = next_visible (gtk_widget_get_next_sibling (child)))
    {
      int width = child_width (child, column, total);
      GtkAllocation place = { from_right ? total - x - width : x, line->y, width, line->height };

      gtk_widget_size_allocate (child, &place, -1);
      x += width + WRAP_BOX_SPACING;
    }
}

static void
prolong_wrap_box_size_allocate (GtkWidget *widget, int width, int height, int baseline)
{
  GtkWidget *child = next_visible (gtk_widget_get_first_child (widget));
  int column = find_column_width (widget, width);
  GtkAllocation line = { 0, 0, 0, 0 };

  while (child != NULL)
    {
      GtkWidget *end = measure_line (child, column, width, &line.width, &line.height);

      line.x = MAX (0, (width - line.width) / 2);
      allocate_line (child, end, column, &line, width);
      line.y += line.height + WRAP_BOX_SPACING;
      child = end;
    }
}

static GtkSizeRequestMode
prolong_wrap_box_get_request_mode (GtkWidget *widget)
{
  return GTK_SIZE_REQUEST_HEIGHT_FOR_WIDTH;
}

static void
prolong_wrap_box_dispose (GObject *object)
{
  prolong_wrap_box_clear (PROLONG_WRAP_BOX (object));
  G_OBJECT_CLASS (prolong_wrap_box_parent_class)->dispose (object);
}

static void
prolong_wrap_box_class_init (ProlongWrapBoxClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = prolong_wrap_box_dispose;
  widget_class->measure = prolong_wrap_box_measure;
  widget_class->size_allocate = prolong_wrap_box_size_allocate;
  widget_class->get_request_mode = prolong_wrap_box_get_request_mode;
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
}

static void
prolong_wrap_box_init (ProlongWrapBox *self)
{
}

void
prolong_wrap_box_append (ProlongWrapBox *self, GtkWidget *child)
{
  gtk_widget_insert_before (child, GTK_WIDGET (self), NULL);
}

void
prolong_wrap_box_clear (ProlongWrapBox *self)
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self))) != NULL)
    gtk_widget_unparent (child);
}
