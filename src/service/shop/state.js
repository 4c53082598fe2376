// SPDX-License-Identifier: GPL-3.0-or-later
// What the shop remembers, in this browser only and for all its tabs. Nothing is held elsewhere, so that a tab that
// is loaded again, or a second one, goes on from the same place.

const KEY = "prolong-shop";
const EMPTY = {
  number: "", // as typed
  license: null, // what the service says of that number; null for a new license
  country: null,
  email: "",
  method: null,
  cart: [], // {offer, quantity}, one for each product
  removed: null, // {line, at}, until the person leaves the cart
  attempt: null, // {text, key} of the order that is being placed
  payments: {}, // the keys of payments that are being made, by the number of the order
  orders: [], // {number, token, total, currency, items}, those that are not done
};

let memory = null; // stands in for a storage that the browser refuses

/** What is remembered now; a copy. */
export function read() {
  try {
    return { ...EMPTY, ...JSON.parse(localStorage.getItem(KEY)) };
  } catch {
    return { ...EMPTY, ...memory };
  }
}

/** Remembers @fields; returns all. */
export function change(fields) {
  const next = { ...read(), ...fields };
  try {
    localStorage.setItem(KEY, JSON.stringify(next));
  } catch {
    memory = next;
  }
  return next;
}

/** Calls @listener when another tab changed something, or may have while this page lay aside. */
export function onOtherTab(listener) {
  addEventListener("storage", (event) => event.key === KEY && listener());
  addEventListener("pageshow", (event) => event.persisted && listener());
}

/** Runs @work while no other tab runs what has the same @name. */
export function alone(name, work) {
  return navigator.locks ? navigator.locks.request(`prolong-${name}`, work) : work();
}

/** The order @number is done or gone: its secret is not needed any more. */
export function forgetOrder(number) {
  change({ orders: read().orders.filter((order) => order.number !== number) });
}
