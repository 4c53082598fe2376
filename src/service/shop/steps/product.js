// SPDX-License-Identifier: GPL-3.0-or-later
// Step 2: the product.

import { getCatalog, getPrice } from "../cart.js";
import { find, h } from "../dom.js";
import { fillLicense } from "../lines.js";
import { read } from "../state.js";
import { formatPrice, t } from "../words.js";

function makeCard(product, license, catalog) {
  const from = Math.min(...product.offers.map((offer) => getPrice(catalog, offer)));
  const own = product.id === license?.product;
  return h("li", {}, h("a", { class: "card product", href: `#choice/${product.id}` },
    h("span", { class: "name" }, product.name),
    own ? h("span", { class: "badge" }, t("product.yours")) : null,
    h("span", { class: "what" }, t(product.newest_version ? "product.newest" : "product.version",
      { version: product.newest_version ?? product.version })),
    h("span", { class: "amount" }, t("product.from", { price: formatPrice(from, catalog.currency) }))));
}

export async function draw(section, _, isCurrent) {
  const { license } = read();
  fillLicense(section, license);
  const catalog = await getCatalog();
  if (!isCurrent()) return;
  const isOwn = (product) => product.id === license?.product;
  const products = catalog.products.filter((product) => product.offers.length > 0)
    .sort((a, b) => isOwn(b) - isOwn(a));
  find(".products", section).replaceChildren(...products.map((one) => makeCard(one, license, catalog)));
}
