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

/** The prices of a line, as {price, quantity}: the renewal discount counts for one piece, of the first line. */
function splitPrices({ price, full_price: full }, quantity, isFirst) {
  if (!isFirst || price === full) return [{ price: full, quantity }];
  return [{ price, quantity: 1 }, ...(quantity > 1 ? [{ price: full, quantity: quantity - 1 }] : [])];
}

/** The cart in the prices of @catalog. What is not sold, or not in that country, stays in the cart but is no line. */
export function priceCart(catalog) {
  const { cart } = read();
  const found = cart.flatMap(({ offer: id, quantity }) => {
    const line = findOffer(catalog, id);
    return line ? [{ ...line, quantity }] : [];
  });
  const lines = found.map((line, i) => {
    const pieces = splitPrices(line.offer, line.quantity, i === 0);
    return { ...line, pieces, total: pieces.reduce((total, piece) => total + piece.price * piece.quantity, 0) };
  });
  const sum = (of) => lines.reduce((total, line) => total + of(line), 0);
  return {
    lines, total: sum((line) => line.total), fullTotal: sum((line) => line.offer.full_price * line.quantity),
    currency: catalog.currency, missing: cart.length - lines.length,
  };
}

/** What one piece of @offer costs, now that the cart holds what it holds. */
export function getPrice(catalog, offer) {
  const [first] = priceCart(catalog).lines;
  return !first || first.product.id === offer.product ? offer.price : offer.full_price;
}

/** Why not all of the cart is cheaper; null where nothing is left out. */
export function describeDiscount({ lines }) {
  const [first] = lines;
  const isCheaper = first && first.offer.price < first.offer.full_price;
  return isCheaper && (lines.length > 1 || first.quantity > 1) ? t("cart.discount-once") : null;
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
