/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "window/code-field.h"

#include <glib/gi18n-lib.h>

#include "window/email-picture.h"
#include "window/look.h"

struct _ProlongCodeField
{
  AdwBin parent_instance;

  AdwEntryRow *entry;
  GtkWidget *problem;
  GtkLabel *what;
  GtkLabel *way_out;
  ProlongEmailPicture *picture;

  GArray *formats; /* (element-type ProlongCodeFormat) that a code may have, the expected one first */
  gboolean alike;  /* whether they have the same groups */
  glong length;    /* of the text when it was last looked at, in characters */
  guint look;      /* the source that looks at a change */
};

enum
{
  SUBMITTED,
  CHANGED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (ProlongCodeField, prolong_code_field, ADW_TYPE_BIN)

static const char *
get_text (ProlongCodeField *self)
{
  return gtk_editable_get_text (GTK_EDITABLE (self->entry));
}

static const ProlongCodeFormat *
get_format (ProlongCodeField *self, guint i)
{
  return &g_array_index (self->formats, ProlongCodeFormat, i);
}

/* What is wrong is told for the expected format, unless the text may still become a code of another one. */
static ProlongCode *
parse (ProlongCodeField *self, GError **error)
{
  g_autoptr (GError) first = NULL;

  for (guint i = 0; i < self->formats->len; i++)
    {
      g_autoptr (GError) mistake = NULL;
      ProlongCode *code = prolong_code_parse (get_text (self), get_format (self, i), &mistake);

      if (code != NULL)
        return code;
      if (first == NULL || mistake->code == PROLONG_CODE_ERROR_TOO_SHORT
          || (mistake->code == PROLONG_CODE_ERROR_CHECK && first->code != PROLONG_CODE_ERROR_TOO_SHORT))
        {
          g_clear_error (&first);
          first = g_steal_pointer (&mistake);
        }
    }
  g_propagate_error (error, g_steal_pointer (&first));
  return NULL;
}

static void
set_problem (ProlongCodeField *self, const char *what, const char *way_out)
{
  gboolean wrong = what != NULL;
  g_autofree char *words = wrong ? g_strdup_printf ("%s %s", what, way_out != NULL ? way_out : "") : NULL;

  gtk_label_set_label (self->what, wrong ? what : "");
  gtk_label_set_label (self->way_out, way_out != NULL ? way_out : "");
  gtk_widget_set_visible (GTK_WIDGET (self->way_out), way_out != NULL && way_out[0] != '\0');
  gtk_widget_set_visible (self->problem, wrong);
  if (wrong)
    prolong_look_scroll_to (self->problem);
  gtk_widget_set_visible (GTK_WIDGET (self->picture), FALSE);
  if (wrong)
    gtk_widget_add_css_class (GTK_WIDGET (self->entry), "error");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self->entry), "error");
  gtk_accessible_update_state (GTK_ACCESSIBLE (self->entry), GTK_ACCESSIBLE_STATE_INVALID,
                               wrong ? GTK_ACCESSIBLE_INVALID_TRUE : GTK_ACCESSIBLE_INVALID_FALSE, -1);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->entry), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION,
                                  words != NULL ? words : "", -1);
  if (wrong)
    gtk_accessible_update_relation (GTK_ACCESSIBLE (self->entry), GTK_ACCESSIBLE_RELATION_DESCRIBED_BY,
                                    self->what, self->way_out, NULL, -1);
  else
    gtk_accessible_reset_relation (GTK_ACCESSIBLE (self->entry), GTK_ACCESSIBLE_RELATION_DESCRIBED_BY);
}

static void
tell_error (ProlongCodeField *self, const GError *error)
{
  g_auto (ProlongWords) words = { NULL, NULL };

  prolong_words_for_code_error (error->code, get_format (self, 0), &words);
  set_problem (self, words.what, words.way_out);
  gtk_widget_set_visible (GTK_WIDGET (self->picture), error->code == PROLONG_CODE_ERROR_IS_NUMBER);
}

static int
count_symbols (const char *text, int characters)
{
  int symbols = 0;

  for (const char *at = text; *at != '\0' && characters > 0; at = g_utf8_next_char (at), characters--)
    symbols += g_unichar_isalnum (g_utf8_get_char (at)) ? 1 : 0;
  return symbols;
}

/* The place behind as many symbols as stood before the cursor, and behind the dash that follows them. */
static int
find_position (const char *text, int symbols)
{
  int position = 0;

  for (const char *at = text; *at != '\0'; at = g_utf8_next_char (at), position++)
    {
      gboolean symbol = g_unichar_isalnum (g_utf8_get_char (at));

      if (symbol && symbols == 0)
        break;
      symbols -= symbol ? 1 : 0;
    }
  return position;
}

static void
replace_text (ProlongCodeField *self, const char *text, gboolean whole)
{
  GtkEditable *editable = GTK_EDITABLE (self->entry);
  int symbols = count_symbols (get_text (self), gtk_editable_get_position (editable));

  if (g_str_equal (get_text (self), text))
    return;
  gtk_editable_set_text (editable, text);
  gtk_editable_set_position (editable, whole ? -1 : find_position (text, symbols));
  self->length = g_utf8_strlen (text, -1);
  g_clear_handle_id (&self->look, g_source_remove);
}

/* Whether an error is one to tell while the person is still typing. */
static gboolean
is_told_at_once (const GError *error)
{
  return !g_error_matches (error, PROLONG_CODE_ERROR, PROLONG_CODE_ERROR_EMPTY)
         && !g_error_matches (error, PROLONG_CODE_ERROR, PROLONG_CODE_ERROR_TOO_SHORT);
}

static gboolean
is_grouped (const GError *error)
{
  return error->code == PROLONG_CODE_ERROR_TOO_SHORT || error->code == PROLONG_CODE_ERROR_CHECK;
}

/* What is deleted stays deleted: text is only grouped while it grows. */
static gboolean
on_look (gpointer user_data)
{
  ProlongCodeField *self = user_data;
  glong length = g_utf8_strlen (get_text (self), -1);
  gboolean grows = length > self->length;
  g_autoptr (GError) error = NULL;
  g_autoptr (ProlongCode) code = parse (self, &error);

  self->look = 0;
  self->length = length;
  if (error != NULL && is_told_at_once (error))
    tell_error (self, error);
  else
    set_problem (self, NULL, NULL);
  if (code != NULL)
    {
      replace_text (self, prolong_code_get_text (code), TRUE);
    }
  else if (grows && self->alike && is_grouped (error))
    {
      g_autofree char *grouped = prolong_code_format_partial (get_text (self), get_format (self, 0));

      replace_text (self, grouped, FALSE);
      prolong_wipe (grouped, strlen (grouped));
    }
  g_signal_emit (self, signals[CHANGED], 0);
  return G_SOURCE_REMOVE;
}

/* The text is looked at once the editing is over, but before the next frame is drawn. */
static void
on_changed (ProlongCodeField *self)
{
  if (self->look == 0)
    self->look = g_idle_add_full (G_PRIORITY_HIGH_IDLE, on_look, self, NULL);
}

static void
on_entry_activated (ProlongCodeField *self)
{
  g_signal_emit (self, signals[SUBMITTED], 0);
}

ProlongCode *
prolong_code_field_read (ProlongCodeField *self)
{
  g_autoptr (GError) error = NULL;
  ProlongCode *code = parse (self, &error);

  if (code == NULL)
    tell_error (self, error);
  return code;
}

void
prolong_code_field_tell (ProlongCodeField *self, const ProlongWords *words)
{
  g_clear_handle_id (&self->look, g_source_remove);
  set_problem (self, words->what, words->way_out);
}

void
prolong_code_field_clear (ProlongCodeField *self)
{
  gtk_editable_set_text (GTK_EDITABLE (self->entry), "");
  g_clear_handle_id (&self->look, g_source_remove);
  self->length = 0;
  set_problem (self, NULL, NULL);
}

gboolean
prolong_code_field_holds_number (ProlongCodeField *self)
{
  return gtk_widget_get_visible (GTK_WIDGET (self->picture));
}

gboolean
prolong_code_field_is_empty (ProlongCodeField *self)
{
  return get_text (self)[0] == '\0';
}

void
prolong_code_field_focus (ProlongCodeField *self)
{
  gtk_widget_grab_focus (GTK_WIDGET (self->entry));
}

static void
format_clear (gpointer data)
{
  ProlongCodeFormat *format = data;

  g_free ((char *)format->pattern);
  g_free ((char *)format->number_pattern);
}

static void
add_format (ProlongCodeField *self, const ProlongCodeFormat *format)
{
  ProlongCodeFormat copy = { g_strdup (format->pattern), format->check, g_strdup (format->number_pattern) };

  g_array_append_val (self->formats, copy);
  self->alike = self->alike && g_str_equal (format->pattern, get_format (self, 0)->pattern);
}

void
prolong_code_field_set_format (ProlongCodeField *self, const ProlongCodeFormat *format)
{
  g_array_set_size (self->formats, 0);
  self->alike = TRUE;
  add_format (self, format);
}

void
prolong_code_field_set_vendors (ProlongCodeField *self,
                                const ProlongSnapshot *snapshot,
                                const ProlongVendorInfo *first)
{
  prolong_code_field_set_format (self, first != NULL ? &first->format : &prolong_code_format_default);
  for (guint i = 0; i < snapshot->vendors->len; i++)
    {
      const ProlongVendorInfo *vendor = g_ptr_array_index (snapshot->vendors, i);

      if (vendor != first)
        add_format (self, &vendor->format);
    }
}

static void
prolong_code_field_dispose (GObject *object)
{
  g_clear_handle_id (&PROLONG_CODE_FIELD (object)->look, g_source_remove);
  G_OBJECT_CLASS (prolong_code_field_parent_class)->dispose (object);
}

static void
prolong_code_field_finalize (GObject *object)
{
  ProlongCodeField *self = PROLONG_CODE_FIELD (object);

  g_array_unref (self->formats);
  G_OBJECT_CLASS (prolong_code_field_parent_class)->finalize (object);
}

static void
prolong_code_field_class_init (ProlongCodeFieldClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  GType type = G_TYPE_FROM_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = prolong_code_field_dispose;
  G_OBJECT_CLASS (klass)->finalize = prolong_code_field_finalize;
  signals[SUBMITTED]
      = g_signal_new ("submitted", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[CHANGED] = g_signal_new ("changed", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  g_type_ensure (PROLONG_TYPE_EMAIL_PICTURE);
  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/prolong/Prolong/code-field.ui");
  gtk_widget_class_bind_template_child (widget_class, ProlongCodeField, entry);
  gtk_widget_class_bind_template_child (widget_class, ProlongCodeField, problem);
  gtk_widget_class_bind_template_child (widget_class, ProlongCodeField, what);
  gtk_widget_class_bind_template_child (widget_class, ProlongCodeField, way_out);
  gtk_widget_class_bind_template_child (widget_class, ProlongCodeField, picture);
  gtk_widget_class_bind_template_callback (widget_class, on_changed);
  gtk_widget_class_bind_template_callback (widget_class, on_entry_activated);
}

/* The buffer of password entries keeps the text out of the swap space and wipes it. */
static void
protect_text (ProlongCodeField *self)
{
  GtkEditable *text = gtk_editable_get_delegate (GTK_EDITABLE (self->entry));
  g_autoptr (GtkEntryBuffer) buffer = gtk_password_entry_buffer_new ();

  gtk_editable_set_enable_undo (GTK_EDITABLE (self->entry), FALSE);
  if (GTK_IS_TEXT (text))
    gtk_text_set_buffer (GTK_TEXT (text), buffer);
}

static void
prolong_code_field_init (ProlongCodeField *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  prolong_email_picture_show_number (self->picture, TRUE);
  self->formats = g_array_new (FALSE, FALSE, sizeof (ProlongCodeFormat));
  g_array_set_clear_func (self->formats, format_clear);
  prolong_code_field_set_format (self, &prolong_code_format_default);
  protect_text (self);
}
