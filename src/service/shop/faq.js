// SPDX-License-Identifier: GPL-3.0-or-later
// Questions that explain themselves: when the pointer is on one, when it has the focus, and when it is touched.

import { h } from "./dom.js";
import { t } from "./words.js";

const QUESTIONS = ["days", "when", "ended", "devices", "product", "code", "safe"];

function open(list, item) {
  for (const other of list.children) {
    other.classList.toggle("open", other === item);
    other.firstChild.setAttribute("aria-expanded", String(other === item));
  }
}

function makeQuestion(list, name, isFirst) {
  const onPointer = (event) => event.pointerType === "mouse" && open(list, item);
  const item = h("li", { class: isFirst ? "open" : "", pointerenter: onPointer });
  item.append(
    h("button", {
      type: "button", "aria-expanded": String(isFirst), "aria-describedby": `faq-${name}`,
      focus: () => open(list, item), click: () => open(list, item),
    }, t(`faq.${name}`)),
    h("p", { id: `faq-${name}` }, t(`faq.${name}-answer`)));
  return item;
}

export function prepareFaq(list) {
  list.replaceChildren(...QUESTIONS.map((name, i) => makeQuestion(list, name, i === 0)));
}
