// The small button below a figure that opens the panel which shares it.

import { html } from "./dom.js";

/** @typedef {import("./backflow-figure.js").BackflowFigure} BackflowFigure */
/** @typedef {import("./engine.js").Engine} Engine */

/** The button, and the panel once it was wanted. */
export class ShareButton {
  /** @type {import("./share.js").SharePanel | undefined} */
  #panel;
  #gone = false;
  /** @type {HTMLElement | undefined} */
  #button;

  /**
   * @param {BackflowFigure} figure
   * @param {HTMLElement} place below the figure
   * @param {Element | null} tools those of a desk, where the button stands then
   * @param {import("./beside.js").Say} say
   * @param {Engine} engine
   */
  constructor(figure, place, tools, say, engine) {
    this.place = place;
    this.tools = tools;
    say().then(
      (words) => {
        if (this.#gone) return;
        const button = html("button", { type: "button", class: tools ? "tool" : "share", title: words.say("share.open"), "aria-label": words.say("share.open"), "aria-expanded": "false", "data-act": "share" }, tools ? "⤴" : `⤴ ${words.say("share.open")}`);
        this.#button = button;
        const failed = html("p", { class: "note", role: "alert" });
        const close = () => {
          this.#panel?.free();
          this.#panel = undefined;
          button.setAttribute("aria-expanded", "false");
          if (button.isConnected) button.focus({ preventScroll: true });
        };
        button.addEventListener("click", async () => {
          if (this.#panel) {
            close();
            return;
          }
          button.setAttribute("aria-busy", "true");
          failed.textContent = "";
          try {
            const { SharePanel } = await import("./share.js");
            const panel = await SharePanel.of(figure, engine, say, close);
            if (this.#gone || this.#panel) {
              panel.free();
              return;
            }
            this.#panel = panel;
            failed.before(panel.element);
            button.setAttribute("aria-expanded", "true");
            panel.begin();
          } catch (error) {
            failed.textContent = words.say("share.failed", { reason: error instanceof Error ? error.message : String(error) });
          } finally {
            button.removeAttribute("aria-busy");
          }
        });
        if (tools) tools.insertBefore(button, tools.lastElementChild);
        place.replaceChildren(...(tools ? [] : [button]), failed);
      },
      () => {}, // without its words a figure works all the same
    );
  }

  free() {
    this.#gone = true;
    this.#panel?.free();
    this.#button?.remove();
    this.place.replaceChildren();
  }
}
