/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "agent/clock.h"
#include "agent/discards.h"
#include "agent/keyring.h"
#include "agent/settings.h"
#include "agent/store.h"

G_BEGIN_DECLS

/** What every part of the engine works with. The engine owns them and outlives all that it hands them to. */
typedef struct
{
  ProlongClock *clock;
  ProlongStore *store;
  ProlongKeyring *keyring;
  ProlongSettings *settings;
  ProlongDiscards *discards;
} ProlongContext;

G_END_DECLS
