/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "service/mail/sheet.h"

#include "license/code.h"

#include <string.h>

typedef enum
{
  PART_HEADING,
  PART_PARAGRAPH,
  PART_STEP,
  PART_ROW,
  PART_SUM,
  PART_NUMBER,
  PART_CODE,
  PART_LINES,
  PART_LINK,
  N_PARTS
} PartKind;

typedef struct
{
  PartKind kind;
  guint place; /* among the parts of its group, from 1 on */
  char *text;
  char *value; /* (nullable) */
} Part;

struct _ProlongSheet
{
  char *title;
  GPtrArray *parts;
};

/* Parts of one group that follow each other stand together, in one element of HTML. */
typedef enum
{
  GROUP_NONE,
  GROUP_STEPS,
  GROUP_ROWS
} Group;

/* In text, %1 is a number, %2 the text, %3 the value; in HTML too. */
static const struct
{
  Group group;
  const char *text;
  const char *html;
} forms[N_PARTS] = {
  [PART_HEADING] = { GROUP_NONE, "%2\n\n", "<h2 style=\"font-size:17px;margin:28px 0 8px\">%2</h2>\n" },
  [PART_PARAGRAPH] = { GROUP_NONE, "%2\n\n", "<p style=\"margin:0 0 12px\">%2</p>\n" },
  [PART_STEP] = { GROUP_STEPS, "%1. %2\n", "<li style=\"margin:0 0 6px\">%2</li>\n" },
  [PART_ROW] = { GROUP_ROWS, "%2: %3\n",
                 "<tr><td style=\"padding:4px 16px 4px 0;text-align:left\">%2</td>"
                 "<td style=\"padding:4px 0;text-align:right\">%3</td></tr>\n" },
  [PART_SUM] = { GROUP_ROWS, "%2: %3\n",
                 "<tr><th scope=\"row\" style=\"padding:6px 16px 6px 0;text-align:left;border-top:1px solid "
                 "#888888\">%2</th><td style=\"padding:6px 0;text-align:right;border-top:1px solid #888888\">"
                 "<strong>%3</strong></td></tr>\n" },
  [PART_NUMBER]
  = { GROUP_NONE, "%2\n%3\n\n",
      "<p style=\"margin:12px 0\">%2<br><span style=\"font-family:monospace\">%3</span></p>\n" },
  [PART_CODE]
  = { GROUP_NONE, "%2\n%3\n\n",
      "<p style=\"margin:12px 0\">%2<br><strong style=\"display:inline-block;margin-top:4px;padding:8px "
      "12px;border:2px solid #1c71d8;border-radius:6px;font-family:monospace;font-size:16px\">%3</strong>"
      "</p>\n" },
  [PART_LINES] = { GROUP_NONE, "%2\n\n%3\n\n",
                   "<h2 style=\"font-size:17px;margin:28px 0 8px\">%2</h2>\n"
                   "<pre style=\"margin:0 0 12px;white-space:pre-wrap\">%3</pre>\n" },
  [PART_LINK] = { GROUP_NONE, "%2\n%3\n\n",
                  "<p style=\"margin:12px 0\"><a href=\"%3\" style=\"font-weight:bold\">%2</a><br>"
                  "<span style=\"font-size:13px;word-break:break-all\">%3</span></p>\n" },
};

static const struct
{
  const char *text_end;
  const char *html_start;
  const char *html_end;
} groups[] = {
  [GROUP_NONE] = { "", "", "" },
  [GROUP_STEPS] = { "\n", "<ol style=\"margin:0 0 12px;padding-left:24px\">\n", "</ol>\n" },
  [GROUP_ROWS]
  = { "\n", "<table style=\"width:100%;border-collapse:collapse;margin:0 0 12px\">\n", "</table>\n" },
};

static void
part_free (gpointer data)
{
  Part *part = data;

  g_free (part->text);
  if (part->value)
    prolong_wipe (part->value, strlen (part->value));
  g_free (part->value);
  g_free (part);
}

ProlongSheet *
prolong_sheet_new (const char *title)
{
  ProlongSheet *sheet = g_new0 (ProlongSheet, 1);

  sheet->title = g_strdup (title);
  sheet->parts = g_ptr_array_new_with_free_func (part_free);
  return sheet;
}

void
prolong_sheet_free (ProlongSheet *sheet)
{
  g_free (sheet->title);
  g_ptr_array_unref (sheet->parts);
  g_free (sheet);
}

static const Part *
get_part (const ProlongSheet *sheet, guint i)
{
  return i < sheet->parts->len ? g_ptr_array_index (sheet->parts, i) : NULL;
}

static void
add (ProlongSheet *sheet, PartKind kind, const char *text, const char *value)
{
  Part *part = g_new0 (Part, 1);
  const Part *before = sheet->parts->len > 0 ? get_part (sheet, sheet->parts->len - 1) : NULL;

  part->kind = kind;
  part->place = before && forms[before->kind].group == forms[kind].group ? before->place + 1 : 1;
  part->text = g_strdup (text);
  part->value = g_strdup (value);
  g_ptr_array_add (sheet->parts, part);
}

void
prolong_sheet_add_heading (ProlongSheet *sheet, const char *text)
{
  add (sheet, PART_HEADING, text, NULL);
}

void
prolong_sheet_add_paragraph (ProlongSheet *sheet, const char *text)
{
  add (sheet, PART_PARAGRAPH, text, NULL);
}

void
prolong_sheet_add_step (ProlongSheet *sheet, const char *text)
{
  add (sheet, PART_STEP, text, NULL);
}

void
prolong_sheet_add_row (ProlongSheet *sheet, const char *label, const char *value)
{
  add (sheet, PART_ROW, label, value);
}

void
prolong_sheet_add_sum (ProlongSheet *sheet, const char *label, const char *value)
{
  add (sheet, PART_SUM, label, value);
}

void
prolong_sheet_add_number (ProlongSheet *sheet, const char *label, const char *value)
{
  add (sheet, PART_NUMBER, label, value);
}

void
prolong_sheet_add_code (ProlongSheet *sheet, const char *label, const char *value)
{
  add (sheet, PART_CODE, label, value);
}

void
prolong_sheet_add_lines (ProlongSheet *sheet, const char *label, const char *value)
{
  add (sheet, PART_LINES, label, value);
}

void
prolong_sheet_add_link (ProlongSheet *sheet, const char *label, const char *url)
{
  add (sheet, PART_LINK, label, url);
}

static void
append_escaped (GString *out, const char *text, gboolean html)
{
  g_autofree char *escaped = html ? g_markup_escape_text (text ? text : "", -1) : g_strdup (text ? text : "");

  g_string_append (out, escaped);
  prolong_wipe (escaped, strlen (escaped));
}

static void
append_part (GString *out, const Part *part, const char *form, gboolean html)
{
  for (const char *at = form; *at; at++)
    {
      if (*at != '%' || at[1] < '1' || at[1] > '3')
        {
          g_string_append_c (out, *at);
          continue;
        }
      at++;
      if (*at == '1')
        g_string_append_printf (out, "%u", part->place);
      else
        append_escaped (out, *at == '2' ? part->text : part->value, html);
    }
}

/* Whether the group of part @i ends with the part beside it: the one before at -1, the one after at 1. */
static gboolean
is_edge (const ProlongSheet *sheet, guint i, int side)
{
  const Part *part = get_part (sheet, i);
  const Part *other = get_part (sheet, i + (guint)side);

  return !other || forms[other->kind].group != forms[part->kind].group;
}

char *
prolong_sheet_to_text (const ProlongSheet *sheet)
{
  GString *out = g_string_new (NULL);

  for (guint i = 0; i < sheet->parts->len; i++)
    {
      const Part *part = get_part (sheet, i);

      append_part (out, part, forms[part->kind].text, FALSE);
      if (is_edge (sheet, i, 1))
        g_string_append (out, groups[forms[part->kind].group].text_end);
    }
  return g_string_free (out, FALSE);
}

char *
prolong_sheet_to_html (const ProlongSheet *sheet, const char *language)
{
  g_autofree char *title = g_markup_escape_text (sheet->title, -1);
  GString *out = g_string_new ("<!DOCTYPE html>\n");

  g_string_append_printf (out, "<html lang=\"%s\">\n<head>\n<meta charset=\"utf-8\">\n", language);
  g_string_append (out, "<meta name=\"viewport\" content=\"width=device-width\">\n"
                        "<meta name=\"color-scheme\" content=\"light dark\">\n");
  g_string_append_printf (out, "<title>%s</title>\n</head>\n", title);
  g_string_append (out, "<body style=\"margin:0;padding:20px;font-family:sans-serif;font-size:15px;"
                        "line-height:1.45\">\n<div style=\"max-width:560px;margin:0 auto\">\n");
  g_string_append_printf (out, "<h1 style=\"font-size:21px;margin:0 0 16px\">%s</h1>\n", title);
  for (guint i = 0; i < sheet->parts->len; i++)
    {
      const Part *part = get_part (sheet, i);
      Group group = forms[part->kind].group;

      if (is_edge (sheet, i, -1))
        g_string_append (out, groups[group].html_start);
      append_part (out, part, forms[part->kind].html, TRUE);
      if (is_edge (sheet, i, 1))
        g_string_append (out, groups[group].html_end);
    }
  g_string_append (out, "</div>\n</body>\n</html>\n");
  return g_string_free (out, FALSE);
}
