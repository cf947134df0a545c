// The table of contents as a map: where one reads, and which questions were answered.

/** The stretch of the window in which what is read stands. */
const READING = "-15% 0px -70% 0px";
/** From this width on it stands beside the text; style/course.css has the same. */
const BESIDE = matchMedia("(min-width: 1120px)");

/** The contents of the page. */
export class Contents {
  /**
   * @param {HTMLElement} nav
   * @param {(place: string) => void} moved one reads elsewhere now
   */
  constructor(nav, moved) {
    /** The links, by the section to which each leads. */
    this.links = new Map([...nav.querySelectorAll("a")].map((link) => [link.hash.slice(1), link]));
    this.place = "";
    const details = nav.querySelector("details");
    const unfold = () => details?.toggleAttribute("open", BESIDE.matches);
    unfold();
    BESIDE.addEventListener("change", unfold);
    const inside = new Set();
    const sight = new IntersectionObserver(
      (entries) => {
        for (const { target, isIntersecting } of entries) {
          if (isIntersecting) inside.add(target.id);
          else inside.delete(target.id);
        }
        // Between two sections one still reads the one before.
        const place = [...this.links.keys()].filter((id) => inside.has(id)).at(-1) ?? (scrollY < innerHeight / 2 ? "" : this.place);
        if (place === this.place) return;
        this.#mark(place);
        moved(place);
      },
      { rootMargin: READING },
    );
    for (const id of this.links.keys()) {
      const section = document.getElementById(id);
      if (section?.matches("section, footer")) sight.observe(section);
    }
  }

  /** @param {string} place */
  #mark(place) {
    this.links.get(this.place)?.removeAttribute("aria-current");
    this.place = place;
    const link = this.links.get(place);
    link?.setAttribute("aria-current", "location");
    // A low window shows a part of the contents.
    if (BESIDE.matches) link?.scrollIntoView({ block: "nearest" });
  }

  /** Shows what was answered. @param {Set<string>} done names of sections */
  show(done) {
    for (const [id, link] of this.links) link.querySelector(".done")?.toggleAttribute("hidden", !done.has(id));
  }
}
