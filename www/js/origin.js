// Where one finds again what a figure shows, as saved files and paper say it.

/** Pages of the site whose query is the author's set-up. */
const OWN = /\/(lab|embed(-all)?)\.html$/;

/**
 * The address of this page: without the query of somebody else's, which may hold what is theirs alone; and of a file on
 * disk its name, without the folders round it.
 * @param {(base: string) => string} permalink the same with what is shown
 */
export function origin(permalink) {
  const { protocol, origin, pathname, search } = location;
  if (/^https?:$/.test(protocol)) return permalink(origin + pathname + (OWN.test(pathname) ? search : ""));
  return permalink(`file:///${pathname.split("/").at(-1)}`).replace("file:///", "");
}
