// Where a reader looks at a network, as an address says it: how many times nearer than the whole, and what stands in the middle.

/**
 * @typedef {object} Eye
 * @property {number} times how many times as large as fitted to the window: on another window the same is seen
 * @property {number} x
 * @property {number} y
 */

/** @param {Eye} eye */
export function writeEye({ times, x, y }) {
  return [Number(times.toPrecision(3)), Math.round(x), Math.round(y)].join("_");
}

/** @param {string} text @returns {Eye | null} null where it is none */
export function readEye(text) {
  const found = /^(\d{1,4}(?:\.\d{1,4})?)_(-?\d{1,7})_(-?\d{1,7})$/.exec(text);
  return found && Number(found[1]) > 0 ? { times: Number(found[1]), x: Number(found[2]), y: Number(found[3]) } : null;
}
