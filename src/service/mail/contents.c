/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "service/mail/contents.h"

#include "service/mail/speech.h"

#include <glib/gi18n.h>

static const ProlongOrderItem *
get_item (const ProlongLetter *letter, guint i)
{
  return letter->order.items && i < letter->order.items->len ? g_ptr_array_index (letter->order.items, i)
                                                             : NULL;
}

/* Returns: (transfer none): the name of a product that was bought. */
static const char *
get_name (const ProlongLetter *letter, const char *product)
{
  const ProlongOrderItem *item;

  for (guint i = 0; (item = get_item (letter, i)); i++)
    if (g_strcmp0 (item->product, product) == 0)
      return item->name;
  return product;
}

static char *
describe_item (const ProlongOrderItem *item)
{
  g_autofree char *devices
      /* Translators: %u is a number of devices */
      = g_strdup_printf (g_dngettext (NULL, "%u device", "%u devices", item->devices), item->devices);
  g_autofree char *years
      /* Translators: %u is a number of years */
      = g_strdup_printf (g_dngettext (NULL, "%u year", "%u years", item->years), item->years);

  if (item->quantity > 1)
    /* Translators: the %s are the name of a product, “3 devices” and “2 years”; %u is how many of these are
     * bought */
    return g_strdup_printf (_ ("%u × %s, %s, %s"), item->quantity, item->name, devices, years);
  /* Translators: the name of a product, “3 devices”, and “2 years” */
  return g_strdup_printf (_ ("%s, %s, %s"), item->name, devices, years);
}

static void
add_items (ProlongSheet *sheet, const ProlongLetter *letter)
{
  const ProlongOrder *order = &letter->order;
  const ProlongOrderItem *item;

  for (guint i = 0; (item = get_item (letter, i)); i++)
    {
      g_autofree char *label = describe_item (item);
      g_autofree char *price = prolong_speak_money (item->price * item->quantity, order->currency);

      prolong_sheet_add_row (sheet, label, price);
    }
}

static void
add_total (ProlongSheet *sheet, const ProlongOrder *order)
{
  g_autofree char *total = prolong_speak_money (order->total, order->currency);

  prolong_sheet_add_sum (sheet, C_ ("invoice", "Total"), total);
}

/* The prices have it in them, so that it is taken out of the total, and no rounding changes what is paid. */
static void
add_vat (ProlongSheet *sheet, const ProlongLetter *letter)
{
  const ProlongOrder *order = &letter->order;
  g_autofree char *net = prolong_speak_money (order->total - letter->vat, order->currency);
  g_autofree char *amount = prolong_speak_money (letter->vat, order->currency);
  g_autofree char *percent = prolong_speak_percent (letter->vat_rate);
  /* Translators: %s is a percentage such as 21%, of value added tax */
  g_autofree char *label = g_strdup_printf (C_ ("invoice", "VAT %s"), percent);

  prolong_sheet_add_row (sheet, C_ ("invoice", "Total without VAT"), net);
  prolong_sheet_add_row (sheet, label, amount);
}

static void
add_bank (ProlongSheet *sheet, const ProlongOrder *order)
{
  g_autofree char *total = prolong_speak_money (order->total, order->currency);
  g_autofree char *pay_by = prolong_speak_date (order->pay_by);

  prolong_sheet_add_row (sheet, C_ ("bank transfer", "Amount"), total);
  prolong_sheet_add_row (sheet, C_ ("bank transfer", "Account holder"), order->bank_holder);
  prolong_sheet_add_row (sheet, C_ ("bank transfer", "Account"), order->bank_account);
  prolong_sheet_add_row (sheet, C_ ("bank transfer", "Reference"), order->number);
  if (order->pay_by)
    prolong_sheet_add_row (sheet, C_ ("bank transfer", "Pay by"), pay_by);
}

static void
add_way_to_pay (ProlongSheet *sheet, const ProlongOrder *order)
{
  g_autofree char *pay_by = prolong_speak_date (order->pay_by);
  g_autofree char *until = NULL;

  prolong_sheet_add_heading (sheet, _ ("How to pay"));
  if (order->has_bank)
    {
      prolong_sheet_add_paragraph (sheet, _ ("Please transfer the amount to this account. With the reference "
                                             "your payment finds your order."));
      add_bank (sheet, order);
    }
  if (order->payment_url)
    prolong_sheet_add_link (
        sheet, order->has_bank ? _ ("See your order and how it stands") : _ ("Pay for your order"),
        order->payment_url);
  if (order->has_bank || !order->pay_by)
    return;
  /* Translators: %s is a date */
  until = g_strdup_printf (_ ("Your order is kept until %s."), pay_by);
  prolong_sheet_add_paragraph (sheet, until);
}

static gboolean
is_paid (const ProlongOrder *order)
{
  return order->state == PROLONG_ORDER_PAID || order->state == PROLONG_ORDER_DELIVERED;
}

static void
add_what_follows (ProlongSheet *sheet, const ProlongLetter *letter)
{
  prolong_sheet_add_heading (sheet, _ ("What happens next"));
  prolong_sheet_add_paragraph (
      sheet,
      letter->week_before
          ? _ ("You get your activation code by e-mail 7 days before your new period begins, provided that "
               "your payment is in.")
          : _ ("As soon as your payment is in, you get your activation code by e-mail."));
}

static ProlongSheet *
write_order (const ProlongLetter *letter, const ProlongLetterHead *head, char **subject)
{
  ProlongSheet *sheet;

  /* Translators: %s is the number of an order */
  *subject = g_strdup_printf (_ ("Your order %s"), letter->order.number);
  sheet = prolong_sheet_new (*subject);
  prolong_sheet_add_paragraph (sheet, _ ("Thank you for your order."));
  add_items (sheet, letter);
  add_total (sheet, &letter->order);
  if (is_paid (&letter->order))
    return sheet;
  add_way_to_pay (sheet, &letter->order);
  add_what_follows (sheet, letter);
  return sheet;
}

/* Says nothing of a code that comes at once: it speaks for itself. */
static void
add_delivery (ProlongSheet *sheet, const ProlongOrder *order)
{
  g_autofree char *date = prolong_speak_date (order->delivers_at);
  g_autofree char *coming = NULL;

  if (!order->delivers_at)
    return;
  /* Translators: %s is a date */
  coming = g_strdup_printf (
      _ ("You get your activation code by e-mail on %s, 7 days before your new period begins."), date);
  prolong_sheet_add_paragraph (sheet, coming);
}

static ProlongSheet *
write_invoice (const ProlongLetter *letter, const ProlongLetterHead *head, char **subject)
{
  const ProlongOrder *order = &letter->order;
  g_autofree char *date = prolong_speak_date (order->created);
  ProlongSheet *sheet;

  /* Translators: %s is the number of an invoice */
  *subject = g_strdup_printf (_ ("Invoice %s"), order->number);
  sheet = prolong_sheet_new (*subject);
  prolong_sheet_add_row (sheet, C_ ("invoice", "Invoice number"), order->number);
  prolong_sheet_add_row (sheet, C_ ("invoice", "Date"), date);
  prolong_sheet_add_row (sheet, C_ ("invoice", "From"), head->name);
  prolong_sheet_add_row (sheet, C_ ("invoice", "To"), letter->to);
  prolong_sheet_add_heading (sheet, C_ ("invoice", "Your order"));
  add_items (sheet, letter);
  if (letter->has_vat)
    add_vat (sheet, letter);
  add_total (sheet, order);
  if (!is_paid (order))
    {
      add_way_to_pay (sheet, order);
      return sheet;
    }
  prolong_sheet_add_paragraph (sheet, _ ("This invoice is paid. There is nothing left to do."));
  add_delivery (sheet, order);
  return sheet;
}

static ProlongSheet *
write_payment (const ProlongLetter *letter, const ProlongLetterHead *head, char **subject)
{
  const ProlongOrder *order = &letter->order;
  g_autofree char *total = prolong_speak_money (order->total, order->currency);
  g_autofree char *received = NULL;
  ProlongSheet *sheet;

  /* Translators: %s is the number of an order */
  *subject = g_strdup_printf (_ ("Payment received for order %s"), order->number);
  sheet = prolong_sheet_new (*subject);
  /* Translators: the first %s is an amount of money, the second the number of an order */
  received = g_strdup_printf (_ ("Thank you: we have received your payment of %s for order %s."), total,
                              order->number);
  prolong_sheet_add_paragraph (sheet, received);
  add_delivery (sheet, order);
  return sheet;
}

static void
add_codes (ProlongSheet *sheet, const ProlongLetter *letter)
{
  const GPtrArray *codes = letter->order.codes;

  for (guint i = 0; i < codes->len; i++)
    {
      const ProlongOrderCode *code = g_ptr_array_index (codes, i);

      if (codes->len > 1)
        prolong_sheet_add_heading (sheet, get_name (letter, code->product));
      prolong_sheet_add_number (sheet, _ ("License number:"), code->license_number);
      prolong_sheet_add_code (sheet, _ ("Activation code:"), code->code);
    }
}

static char *
name_download (const ProlongLetterDownload *download)
{
  if (download->version)
    /* Translators: the name of a product, and a version such as 22.0 */
    return g_strdup_printf (_ ("Download %s, newest version %s"), download->name, download->version);
  /* Translators: %s is the name of a product */
  return g_strdup_printf (_ ("Download %s"), download->name);
}

static void
add_downloads (ProlongSheet *sheet, const ProlongLetter *letter)
{
  for (guint i = 0; i < letter->downloads->len; i++)
    {
      const ProlongLetterDownload *download = g_ptr_array_index (letter->downloads, i);
      g_autofree char *label = name_download (download);

      prolong_sheet_add_link (sheet, label, download->url);
    }
}

/* The names of panels and buttons are those that the window shows. */
static void
add_steps (ProlongSheet *sheet, const ProlongLetter *letter, const ProlongLetterHead *head)
{
  g_autofree char *press = NULL;
  g_autofree char *choose = NULL;

  if (letter->number)
    {
      prolong_sheet_add_heading (sheet, _ ("How to go on with your license"));
      /* Translators: %s is the name of a panel of the window, “Reserve Code” */
      choose = g_strdup_printf (_ ("Open Prolong and choose “%s”."), C_ ("panel", "Reserve Code"));
      /* Translators: %s is the name of a button, “Save activation code” */
      press = g_strdup_printf (
          _ ("Paste your activation code and press “%s”. It takes over by itself when your license "
             "ends, so that no day is lost."),
          _ ("Save activation code"));
    }
  else
    {
      prolong_sheet_add_heading (sheet, _ ("How to activate"));
      prolong_sheet_add_step (sheet,
                              _ ("Download the product and install it, unless it is installed already."));
      /* Translators: %s is the name of a panel of the window, “Activate” */
      choose = g_strdup_printf (_ ("Open Prolong and choose “%s”."), C_ ("panel", "Activate"));
      /* Translators: %s is the name of a button, “Add activation code” */
      press = g_strdup_printf (_ ("Paste your activation code and press “%s”."), _ ("Add activation code"));
    }
  prolong_sheet_add_step (sheet, choose);
  prolong_sheet_add_step (sheet, press);
  prolong_sheet_add_paragraph (sheet,
                               _ ("If you ordered in Prolong on this computer, the code is there already."));
  prolong_sheet_add_link (sheet, _ ("Does Prolong not know your product yet? Open this file with it"),
                          head->profile_url);
}

static ProlongSheet *
write_license (const ProlongLetter *letter, const ProlongLetterHead *head, char **subject)
{
  guint codes = letter->order.codes->len;
  const ProlongOrderCode *first = g_ptr_array_index (letter->order.codes, 0);
  ProlongSheet *sheet;

  if (codes == 1)
    /* Translators: %s is the name of a product */
    *subject = g_strdup_printf (_ ("Your activation code for %s"), get_name (letter, first->product));
  else
    /* Translators: %s is the number of an order; it has several codes */
    *subject = g_strdup_printf (_ ("Your activation codes for order %s"), letter->order.number);
  sheet = prolong_sheet_new (*subject);
  prolong_sheet_add_paragraph (
      sheet,
      _ ("Thank you for your payment. Please keep this e-mail: whoever has the code can use the license."));
  add_codes (sheet, letter);
  add_downloads (sheet, letter);
  add_steps (sheet, letter, head);
  return sheet;
}

static const struct
{
  ProlongMailKind kind;
  ProlongSheet *(*write) (const ProlongLetter *letter, const ProlongLetterHead *head, char **subject);
} writers[] = {
  { PROLONG_MAIL_ORDER, write_order },
  { PROLONG_MAIL_INVOICE, write_invoice },
  { PROLONG_MAIL_PAYMENT, write_payment },
  { PROLONG_MAIL_LICENSE, write_license },
  { PROLONG_MAIL_RENEWED, prolong_letter_write_renewed },
  { PROLONG_MAIL_PAYMENT_FAILED, prolong_letter_write_payment_failed },
  { PROLONG_MAIL_SUPPORT, prolong_letter_write_support },
  { PROLONG_MAIL_SUPPORT_RECEIVED, prolong_letter_write_received },
};

static void
add_foot (ProlongSheet *sheet, const ProlongLetterHead *head)
{
  if (head->support_email)
    {
      /* Translators: %s is an e-mail address */
      g_autofree char *text = g_strdup_printf (_ ("Questions? Write to %s."), head->support_email);

      prolong_sheet_add_paragraph (sheet, text);
    }
  if (head->support_url)
    prolong_sheet_add_link (sheet, _ ("Help from the vendor"), head->support_url);
  prolong_sheet_add_paragraph (sheet, head->name);
}

/* Nothing that the codes are missing from is a license e-mail. */
ProlongSheet *
prolong_letter_write (const ProlongLetter *letter, const ProlongLetterHead *head, char **subject)
{
  gboolean has_codes = letter->order.codes && letter->order.codes->len > 0;

  for (guint i = 0; i < G_N_ELEMENTS (writers); i++)
    if (writers[i].kind == head->kind && (has_codes || head->kind != PROLONG_MAIL_LICENSE))
      {
        ProlongSheet *sheet = writers[i].write (letter, head, subject);

        if (head->kind != PROLONG_MAIL_SUPPORT)
          add_foot (sheet, head);
        return sheet;
      }
  return NULL;
}
