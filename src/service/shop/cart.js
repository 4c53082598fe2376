// SPDX-License-Identifier: GPL-3.0-or-later
// The catalog, and the cart in its prices. No price is computed here: a total only adds up what the service says.

import { call } from "./api.js";
import { change, read } from "./state.js";
import { language, t } from "./words.js";

let held = { query: null, answer: null };

/** The country whose prices and payment methods apply: the chosen one, else that of the browser's languages. */
function getCountry(state) {
  return state.country ?? navigator.languages.map((tag) => new Intl.Locale(tag).region).find(Boolean) ?? null;
}

/** The catalog for the country and the license; asked for once, and again when something of it changes. */
export function getCatalog({ anew = false } = {}) {
  const state = read();
  const query = new URLSearchParams({ language });
  const country = getCountry(state);
  if (country) query.set("country", country);
  if (state.license) query.set("number", state.license.number);
  if (anew || held.query !== String(query)) {
    const answer = call("GET", `catalog?${query}`);
    held = { query: String(query), answer };
    answer.catch(() => { held = { query: null, answer: null }; });
  }
  return held.answer;
}

/** The product and the offer with an id; undefined when it is not sold any more. */
export function findOffer(catalog, id) {
  for (const product of catalog.products) {
    const offer = product.offers.find((one) => one.id === id);
    if (offer) return { product, offer };
  }
  return undefined;
}

/** The cart in the prices of @catalog. What is not sold, or not in that country, stays in the cart but is no line. */
export function priceCart(catalog) {
  const { cart } = read();
  const lines = cart.flatMap(({ offer: id, quantity }) => {
    const found = findOffer(catalog, id);
    return found ? [{ ...found, quantity }] : [];
  });
  const sum = (member) => lines.reduce((total, line) => total + line.offer[member] * line.quantity, 0);
  return {
    lines, total: sum("price"), fullTotal: sum("full_price"), currency: catalog.currency,
    missing: cart.length - lines.length,
  };
}

/** What to say of products that the order leaves out; null when there are none. */
export function describeMissing(catalog, { missing: n }) {
  const country = catalog.countries.find(({ id }) => id === catalog.country)?.name;
  return n > 0 ? t("cart.missing", { n, country }) : null;
}

/** Puts @offer into the cart, in the place of another choice of the same product: choosing again buys nothing twice. */
export function putIntoCart(catalog, offer) {
  const { cart } = read();
  const isSame = (line) => findOffer(catalog, line.offer)?.product.id === offer.product;
  const at = cart.findIndex(isSame);
  const line = { offer: offer.id, quantity: at < 0 ? 1 : cart[at].quantity };
  change({ cart: at < 0 ? [...cart, line] : cart.with(at, line), removed: null });
}
