/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "bus/client.h"
#include "bus/words.h"

G_BEGIN_DECLS

/**
 * ProlongSupportDraft:
 *
 * What is known of a request to a vendor's support before the person writes it; each may be %NULL.
 */
typedef struct
{
  const char *topic; /* id */
  const char *message;
  const char *order_number;
  const char *purchase_date; /* YYYY-MM-DD */
  const char *license_number;
} ProlongSupportDraft;

/**
 * ProlongSupportForm:
 *
 * The form for a request to a vendor's support. Emits `message` when another message stands in it, and `sent`
 * when the person wants it to be sent. The row of the diagnosis is the action `support.diagnosis`.
 */
#define PROLONG_TYPE_SUPPORT_FORM (prolong_support_form_get_type ())
G_DECLARE_FINAL_TYPE (ProlongSupportForm, prolong_support_form, PROLONG, SUPPORT_FORM, AdwBin)

/** prolong_support_form_start: before it is shown; @email: remembered, or empty. */
void prolong_support_form_start (ProlongSupportForm *self,
                                 const ProlongVendorInfo *vendor,
                                 const char *email,
                                 const ProlongSupportDraft *draft);

/** prolong_support_form_set_requests: what was written before, @requests: (element-type ProlongSupportInfo).
 */
void prolong_support_form_set_requests (ProlongSupportForm *self,
                                        const ProlongVendorInfo *vendor,
                                        GPtrArray *requests);

/** prolong_support_form_set_attached: whether the diagnosis goes with it. */
void prolong_support_form_set_attached (ProlongSupportForm *self, gboolean attached);

/** prolong_support_form_tell_hidden: so many words of the message are sent as dots. */
void prolong_support_form_tell_hidden (ProlongSupportForm *self, guint n_hidden);

/** prolong_support_form_tell: (nullable) @words: what stands against sending it. */
void prolong_support_form_tell (ProlongSupportForm *self, const ProlongWords *words);
void prolong_support_form_refuse_email (ProlongSupportForm *self);
void prolong_support_form_set_busy (ProlongSupportForm *self, gboolean busy);
char *prolong_support_form_dup_message (ProlongSupportForm *self);

/**
 * prolong_support_form_read:
 * @request: an `a{sv}` that is being built
 *
 * Returns: whether everything that is asked for is there; else it was told, and the focus is where it is
 * missing.
 */
gboolean prolong_support_form_read (ProlongSupportForm *self, GVariantBuilder *request);

void prolong_support_form_focus (ProlongSupportForm *self);
void prolong_support_form_focus_message (ProlongSupportForm *self);
void prolong_support_form_focus_diagnosis (ProlongSupportForm *self);

G_END_DECLS
