// A field for a number: shows what is set, and leaves a text alone while someone types it.

import { html } from "./dom.js";

/** A field for a number (or another short text), by its key in the scenario. */
export class NumberField {
  /**
   * @param {string} name the key
   * @param {Record<string, string>} attributes its label or id
   * @param {(name: string, text: string) => void} set takes what was typed
   */
  constructor(name, attributes, set) {
    this.name = name;
    this.typing = false;
    this.set = "";
    this.input = html("input", {
      type: "text",
      inputmode: "decimal",
      autocomplete: "off",
      spellcheck: "false",
      class: "number",
      "data-input": name,
      ...attributes,
    });
    this.input.addEventListener("input", () => {
      this.typing = true;
    });
    this.input.addEventListener("change", () => {
      this.typing = false;
      set(name, this.input.value.trim());
    });
    this.input.addEventListener("blur", () => {
      this.typing = false;
    });
    this.input.addEventListener("keydown", ({ key }) => {
      // What was typed is forgotten.
      if (key !== "Escape") return;
      this.typing = false;
      this.show(this.set);
    });
  }

  /** @param {string} text */
  show(text) {
    this.set = text;
    if (!this.typing && this.input.value !== text) this.input.value = text;
  }
}
