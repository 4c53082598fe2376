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
    clearTimeout(timer);
    if (ended || document.hidden) return;
    try {
      const order = await getOrder(address);
      ended ||= FINAL.includes(order.state);
      listener(order);
    } catch {
      // The next answer may be a better one.
    }
    if (ended) return;
    clearTimeout(timer);
    timer = setTimeout(ask, wait * 1000);
    wait = Math.min(wait * 1.5, LONGEST_WAIT);
  }

  document.addEventListener("visibilitychange", ask);
  onOtherTab(ask);
  timer = setTimeout(ask, wait * 1000);
}
