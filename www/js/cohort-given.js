// What a teacher gives: a list of links that one types or pastes, and files that one chooses or drops.

import { html, write } from "./dom.js";

/** @typedef {import("./cohort.js").Engine} Engine */
/** @typedef {import("./words.js").Words} Words */

/** So many remarks are said; of the rest, how many there are. */
const SAID = 20;

/** The list, the files, and what is wrong with them. */
export class Given {
  /** @type {{ name: string, text: string }[]} */
  files = [];
  /** How often all was cleared. */
  #round = 0;
  /** Files that were too large to be read. @type {any[]} */
  #refused = [];
  /** @type {any[]} */
  #remarks = [];

  /**
   * @param {Engine} engine
   * @param {Words} words
   * @param {() => void} changed
   */
  constructor(engine, words, changed) {
    this.words = words;
    this.changed = changed;
    this.most = engine.Cohort.most();
    const hint = html("p", { id: "given-hint", class: "note" }, words.say("cohort.hint"));
    // What a browser would fill in again is of another lesson.
    this.list = html("textarea", { id: "given", rows: 3, autocomplete: "off", autocapitalize: "off", spellcheck: "false", "aria-describedby": "given-hint", dir: "auto", placeholder: `Ana: ${new URL("lab.html", location.href)}#rate=0.1&steps=56` });
    this.list.addEventListener("input", changed);
    this.chooser = html("input", { type: "file", id: "files", class: "unseen", accept: ".csv,text/csv", multiple: "" });
    this.chooser.addEventListener("change", () => this.take(this.chooser.files));
    this.names = html("ul", { class: "files" });
    this.drop = html("div", { class: "drop" }, html("p", {}, words.say("cohort.drop")), this.chooser, html("label", { for: "files", class: "button" }, words.say("cohort.choose")), this.names);
    this.status = html("p", { class: "status", role: "status" });
    this.wrong = html("div", { class: "wrong" });
    const example = html("button", { type: "button", "data-act": "example" }, words.say("cohort.example"));
    example.addEventListener("click", () => this.#example(engine));
    const clear = html("button", { type: "button", "data-act": "clear" }, words.say("cohort.clear"));
    clear.addEventListener("click", () => this.#clear());
    this.element = html(
      "section",
      { class: "given", "aria-label": words.say("cohort.given") },
      html("div", { class: "list" }, html("label", { for: "given" }, words.say("cohort.list")), this.list, hint),
      this.drop,
      html("div", { class: "buttons" }, example, clear, this.status),
      this.wrong,
    );
    this.#dropping();
  }

  /** A page that was left and is opened again begins with nothing. */
  begin() {
    this.list.value = "";
  }

  get text() {
    return this.list.value;
  }

  /** Takes files; those that are too large are not read. @param {Iterable<File> | null | undefined} files */
  async take(files) {
    const [, bytes] = this.most;
    const refuse = (/** @type {File} */ { name }, /** @type {string} */ flaw) => this.#refused.push({ file: name, line: 0, given: "", flaw });
    // Where all is cleared while they are read, they are none of it.
    const round = this.#round;
    for (const file of [...(files ?? [])]) {
      if (file.size > bytes) {
        refuse(file, "too-large");
        continue;
      }
      try {
        const text = await file.text();
        if (round === this.#round) this.files.push({ name: file.name, text });
      } catch {
        refuse(file, "not-a-table"); // a folder, or a file that is gone
      }
    }
    this.chooser.value = "";
    this.#listed();
    this.changed();
  }

  /** Says how many there are. @param {string} text */
  tell(text) {
    const { words } = this;
    const count = this.#remarks.length;
    const wrong = count > 0 ? words.counted((form) => `cohort.wrong.${form}`, count) : "";
    write(this.status, [text, wrong].filter(Boolean).join(" "));
  }

  /** Lists what is wrong. @param {any[]} remarks */
  complain(remarks) {
    const { words } = this;
    this.#remarks = [...this.#refused, ...remarks];
    const items = this.#remarks.slice(0, SAID).map((remark) => html("li", { dir: "auto" }, this.#sentence(remark)));
    const more = this.#remarks.length - items.length;
    if (more > 0) items.push(html("li", {}, words.say("cohort.more", { count: words.count(more) })));
    this.wrong.replaceChildren(...(items.length > 0 ? [html("ul", {}, ...items)] : []));
  }

  /** @param {any} remark */
  #sentence({ file, line, given, flaw, complaint }) {
    const { words } = this;
    const [people, bytes] = this.most;
    const values = { given, most: words.count(people), size: words.count(bytes) };
    const said = flaw === "setting" ? words.complaint(complaint) : words.say(`cohort.flaw.${flaw}`, values);
    const number = words.count(line);
    const where = file ? (line > 0 ? words.say("cohort.in.row", { file, line: number }) : words.say("cohort.in.file", { file })) : line > 0 ? words.say("cohort.in.line", { line: number }) : "";
    return `${where} ${said}`.trim();
  }

  #listed() {
    const { words } = this;
    this.names.replaceChildren(
      ...this.files.map((file) => {
        const remove = html("button", { type: "button", "aria-label": words.say("cohort.remove", { file: file.name }) }, "×");
        remove.addEventListener("click", () => {
          this.files = this.files.filter((other) => other !== file);
          this.#listed();
          this.changed();
          this.chooser.focus();
        });
        return html("li", {}, html("bdi", {}, file.name), remove);
      }),
    );
  }

  /** A made-up class, of the engine's scenarios and the language's names. @param {Engine} engine */
  #example(engine) {
    const names = this.words.say("cohort.names").split("|");
    const lab = new URL("lab.html", location.href);
    const { origin, pathname } = lab;
    this.list.value = engine.Cohort.example()
      .map((scenario, index) => `${names[index % names.length]}: ${origin}${pathname}#${scenario}`)
      .join("\n");
    this.changed();
  }

  #clear() {
    this.list.value = "";
    this.#round += 1;
    this.files = [];
    this.#refused = [];
    this.#listed();
    this.changed();
    this.list.focus();
  }

  /** Files may be dropped anywhere on the page; what is no file goes where it always went. */
  #dropping() {
    const has = (/** @type {DragEvent} */ { dataTransfer }) => dataTransfer?.types.includes("Files") ?? false;
    addEventListener("dragover", (event) => {
      if (!has(event)) return;
      event.preventDefault();
      this.drop.classList.add("over");
    });
    addEventListener("dragleave", (event) => {
      if (!event.relatedTarget) this.drop.classList.remove("over");
    });
    addEventListener("drop", (event) => {
      this.drop.classList.remove("over");
      if (!has(event)) return;
      event.preventDefault();
      this.take(event.dataTransfer?.files);
    });
  }
}
