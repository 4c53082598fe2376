// SPDX-License-Identifier: GPL-3.0-or-later

/** An element with properties and children; `class`, `aria-…`, `data-…` and the like become attributes. */
export function h(name, properties = {}, ...children) {
  const element = document.createElement(name);
  for (const [key, value] of Object.entries(properties)) {
    if (typeof value === "function") {
      element.addEventListener(key, value);
    } else if (key in element) {
      element[key] = value;
    } else if (value !== null && value !== undefined) {
      element.setAttribute(key, value);
    }
  }
  element.append(...children.flat().filter((child) => child !== null && child !== undefined));
  return element;
}

export function find(selector, root = document) {
  return root.querySelector(selector);
}

/** Shows @element with @text, or hides it when there is none. */
export function tell(element, text) {
  element.hidden = !text;
  element.textContent = text ?? "";
}

/** Marks @input as wrong for the reason @text, and leads there; without @text it is right again. */
export function tellWrong(input, error, text) {
  tell(error, text);
  if (text) {
    input.setAttribute("aria-invalid", "true");
    input.focus();
  } else {
    input.removeAttribute("aria-invalid");
  }
}

/** Says @text to a screen reader, without showing it. */
export function speak(text) {
  find("#spoken").textContent = text;
}

/** Keeps @button from being pressed again while @work is under way. */
export async function whileBusy(button, work) {
  if (button.getAttribute("aria-disabled") === "true") {
    return;
  }
  button.setAttribute("aria-disabled", "true");
  try {
    await work();
  } finally {
    button.removeAttribute("aria-disabled");
  }
}
