// SPDX-License-Identifier: GPL-3.0-or-later
// An order whose number and token stand behind the # of the address, where no server and no log sees them.

import { call } from "./api.js";
import { onOtherTab } from "./state.js";

const FIRST_WAIT = 3; // seconds until an order is asked for again
const LONGEST_WAIT = 60;
const FINAL = ["delivered", "cancelled", "expired"];

export function parseAddress() {
  const [, number, token] = /^#([^.]+)\.(.+)$/.exec(location.hash) ?? [];
  return { number, token };
}

export function getOrder({ number, token }) {
  return call("GET", `orders/${encodeURIComponent(number)}`, { token });
}

/** Calls @listener with the order again and again while it can change and the page is looked at: the waits grow, and
 * looking at the page again, or paying in another tab, asks at once. */
export function follow(address, listener) {
  let wait = FIRST_WAIT;
  let timer = 0;
  let ended = false;

  async function ask() {
    if (ended) return;
    try {
      const order = await getOrder(address);
      ended ||= FINAL.includes(order.state);
      listener(order);
    } catch {
      // The next answer may be a better one.
    }
  }

  async function onTime() {
    if (!document.hidden) await ask();
    wait = Math.min(Math.max(wait * 1.5, FIRST_WAIT), LONGEST_WAIT);
    if (!ended) timer = setTimeout(onTime, wait * 1000);
  }

  function onLookedAt() {
    if (document.hidden || ended) return;
    clearTimeout(timer);
    wait = 0;
    timer = setTimeout(onTime, 0);
  }

  document.addEventListener("visibilitychange", onLookedAt);
  onOtherTab(ask);
  timer = setTimeout(onTime, wait * 1000);
}
