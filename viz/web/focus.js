// Where the keyboard stands: what is drawn anew takes the focus back, a panel that was opened by keyboard has it, and gives it back.
import { get } from "./text.js";

const BOXES = ["filters", "picture", "table", "details", "exports", "ego", "asof"];
const FOCUSABLE = "a[href], button, input, select, textarea, summary, [tabindex]";

/** @typedef {{ box: string, id: string, at: number }} Spot */

/** Whether the reader's last act was by keyboard. */
let keys = false;
/** What opened the panel. @type {Spot | null} */
let opener = null;

/** Tell from now on whether the reader goes by keyboard. */
export function watchKeys() {
  document.addEventListener("keydown", () => { keys = true; }, true);
  document.addEventListener("pointerdown", () => { keys = false; }, true);
}

/** Where the focus is, in what is drawn anew. @returns {Spot | null} */
export function spotNow() {
  const active = document.activeElement, box = active && BOXES.find((name) => get(name).contains(active));
  return active && box ? { box, id: active.id, at: Array.from(get(box).querySelectorAll(FOCUSABLE)).indexOf(active) } : null;
}

/** Put the focus back where it was, if drawing took it away. @param {Spot | null} spot */
export function keepSpot(spot) {
  const active = document.activeElement;
  if (!spot || (active && active !== document.body && !active.closest("[hidden]"))) return;
  const same = spot.id && get(spot.id), all = get(spot.box).querySelectorAll(FOCUSABLE), next = same || all[Math.min(spot.at, all.length - 1)];
  if (next) next.focus({ preventScroll: true });
}

/** The panel shows something else: by keyboard the reader goes there; from the canvas its keys go on. @param {Spot | null} from */
export function enterPanel(from) {
  if (!keys || document.activeElement === get("canvas")) return;
  if (from && from.box !== "details") opener = from;
  const heading = get("details").querySelector("h2");
  if (heading) { heading.tabIndex = -1; heading.focus(); }
}

/** The panel is gone: back to what opened it. */
export function leavePanel() {
  const spot = opener;
  opener = null;
  if (keys) keepSpot(spot);
}

/** A passage is shown: by keyboard the reader goes to the text. */
export function enterText() {
  const paper = get("picture").querySelector(".paper");
  if (keys && paper) paper.focus({ preventScroll: true });
}
