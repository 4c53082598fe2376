/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "window/activate-entry.h"
#include "window/activate-panel.h"
#include "window/activate-progress.h"
#include "window/activate-success.h"
#include "window/previous-page.h"
#include "window/provider-card.h"
#include "window/seats-page.h"

G_BEGIN_DECLS

typedef enum
{
  STEP_NONE,
  STEP_ENTRY,
  STEP_PROGRESS,
  STEP_SEATS,
  STEP_PREVIOUS,
  STEP_SUCCESS,
  STEP_PROVIDER,
  STEP_UNREACHABLE,
} ActivateStep;

struct _ProlongActivatePanel
{
  AdwBin parent_instance;

  ProlongClient *client;
  GCancellable *cancellable;

  const ProlongSnapshot *snapshot; /* (nullable) valid until the next update */
  const ProlongChoice *choice;     /* (nullable) valid until the next update */
  char *operation;                 /* (nullable) path of what is followed */
  gboolean seen;                   /* whether a snapshot had that operation */
  gboolean asking;                 /* whether AddCode or ProvideCode is under way */
  gboolean provides;               /* whether the code is for an operation that lost it */
  gboolean enters;                 /* whether the person wants the field, whatever ended before */
  gboolean reserve;                /* whether codes are only saved, and the field is outside */
  char *other_product;             /* (nullable) for which a refused code is */

  ProlongCode *code;          /* (nullable) what was asked for, until it is decided */
  ProlongCode *previous_code; /* (nullable) of the license that it extends */
  gboolean shorter;           /* whether the person takes the shorter term */
  gboolean any_product;       /* whether the service tells for which product the code is */

  ActivateStep step;
  GtkStack *stack;
  ProlongActivateEntry *entry;
  ProlongActivateProgress *progress;
  ProlongSeatsPage *seats;
  ProlongPreviousPage *previous;
  ProlongActivateSuccess *success;
  ProlongProviderCard *provider;
};

/** prolong_activate_panel_show_step: shows a step and moves the focus into it. */
void prolong_activate_panel_show_step (ProlongActivatePanel *self, ActivateStep step);

/** prolong_activate_panel_ask: gives the code to the agent and shows the steps. */
void prolong_activate_panel_ask (ProlongActivatePanel *self);

/**
 * prolong_activate_panel_start:
 *
 * Takes up a code: recognises its vendor by its form, or asks the person where several have that form, and
 * gives it to the agent.
 */
void prolong_activate_panel_start (ProlongActivatePanel *self, ProlongCode *code);

/** prolong_activate_panel_leave: back to the field, where that is outside. */
void prolong_activate_panel_leave (ProlongActivatePanel *self);

/** prolong_activate_panel_add_detours: makes the pages for what may be missing. */
void prolong_activate_panel_add_detours (ProlongActivatePanel *self);

/**
 * prolong_activate_panel_detour:
 * @problem: why the code was refused
 * @details: (nullable)
 *
 * Returns: whether a page of its own asks for what is missing, to go on with the same code then.
 */
gboolean prolong_activate_panel_detour (ProlongActivatePanel *self, const char *problem, GVariant *details);

/** prolong_activate_panel_forget: forgets the code and what was asked for it. */
void prolong_activate_panel_forget (ProlongActivatePanel *self);

/** prolong_activate_panel_new_options: the options for AddCode, floating. */
GVariant *prolong_activate_panel_new_options (ProlongActivatePanel *self);

/** prolong_activate_panel_claim: whether what this wizard starts is left alone by the others of the same
 * client. */
void prolong_activate_panel_claim (ProlongActivatePanel *self, gboolean claims);

/** prolong_activate_panel_adopts: whether an operation that was started elsewhere is shown here. */
gboolean prolong_activate_panel_adopts (ProlongActivatePanel *self, const ProlongOperationInfo *operation);

G_END_DECLS
