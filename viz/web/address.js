// What an address may say: a value that this page does not know is left out, and said, never taken to mean "nothing".
import { isDay } from "./dates.js";
import { ROLES } from "./data.js";
import { MARKS } from "./document.js";
import { readEye } from "./eye.js";
import { STATE, change, defaultOf, remember, stepsTaken } from "./state.js";
import { say, shorten } from "./text.js";

/** @type {Record<string, [string, string]>} */
const NAMES = { view: ["cách xem", "view"], lang: ["ngôn ngữ", "language"], theme: ["nền", "theme"], asof: ["ngày", "day"], province: ["tỉnh", "province"], role: ["vai trò", "role"], kind: ["loại cơ quan", "kind of agency"], year: ["năm", "year"], sector: ["lĩnh vực", "sector"], doc: ["văn bản", "document"], conf: ["độ tin cậy", "confidence"], groups: ["nhóm cơ quan", "groups"], node: ["nút", "node"], ego: ["lân cận của", "neighbourhood of"], to: ["đường nối đến", "path to"], at: ["vị trí", "passage"], measure: ["tô bản đồ theo", "map shaded by"], matrix: ["ma trận", "matrix"], flow: ["ở giữa dòng", "middle of the flow"], ask: ["câu hỏi", "question"], given: ["tham số của câu hỏi", "parameters of the question"], chart: ["hình của câu trả lời", "drawing of the answer"], zoom: ["chỗ đang phóng", "zoom"], table: ["bảng", "table"], sort: ["cột để sắp", "column to sort by"], rows: ["số dòng", "number of rows"], more: ["bộ lọc thêm", "more filters"], hide: ["dấu bị ẩn", "hidden marks"] };

/** @type {[string, string][]} what the last address said that is not known here */
let ignored = [];
let saidAt = -1;

/**
 * Leave out of the state what is not known here, and mend the address.
 * @param {import("./data.js").Model} written the plans as written
 * @param {(day: string) => import("./data.js").Model} modelOf
 * @param {string[]} views those that this page has
 */
export function checkAddress(written, modelOf, views) {
  const model = isDay(STATE.asof) ? modelOf(STATE.asof) : written, { docs } = model;
  const number = (/** @type {string} */ text) => text !== "" && Number.isFinite(Number(text));
  const node = (/** @type {string} */ iri) => model.nodeOfIri.has(iri);
  /** @type {Record<string, (value: string) => boolean>} */
  const known = {
    view: (value) => views.includes(value), lang: (value) => value === "vi" || value === "en", theme: (value) => value === "light" || value === "dark", asof: isDay,
    province: (value) => model.provinces.includes(value), role: (value) => ROLES.includes(value), kind: (value) => model.kinds.some((one) => one[0] === value),
    year: (value) => /^\d{4}$/.test(value), sector: (value) => model.sectors.name.includes(value), doc: (value) => docs.iri.includes(value), conf: (value) => number(value) && Number(value) <= 1, groups: (value) => value === "no",
    node, ego: node, to: node, at: (value) => /^\d+-\d+$/.test(value), measure: (value) => ["duties", "clear"].includes(value), matrix: (value) => ["shared", "pairs"].includes(value), flow: (value) => value === "province",
    given: (value) => { const asked = model.payload.ask && model.payload.ask.questions.find((/** @type {any} */ one) => one.name === STATE.ask); return Boolean(asked) && [...new URLSearchParams(value)].every(([name, term]) => isTerm(asked.parameters.find((/** @type {any} */ one) => one.name === name), term)); },
    zoom: (value) => readEye(value) !== null, table: (value) => value === "open", sort: (value) => /^-?[\w-]+$/.test(value), rows: (value) => /^[1-9]\d{2,6}$/.test(value), more: (value) => value === "open", hide: (value) => value.split(".").every((kind) => kind in MARKS), chart: (value) => value === "bars",
    ask: (value) => Boolean(model.payload.ask) && model.payload.ask.questions.some((/** @type {any} */ one) => one.name === value),
  };
  const state = /** @type {Record<string, string>} */ (STATE);
  ignored = Object.keys(known).filter((name) => state[name] !== defaultOf(name) && state[name] !== "" && !known[name](state[name])).map((name) => [name, state[name]]);
  saidAt = stepsTaken();
  if (ignored.length) change(Object.fromEntries(ignored.map(([name]) => [name, defaultOf(name)])), true);
}

/** Leave out what only the picture itself could tell that it has not. @param {"sort"} name */
export function ignore(name) {
  if (saidAt !== stepsTaken()) ignored = [];
  ignored.push([name, STATE[name]]);
  saidAt = stepsTaken();
  remember({ [name]: "" });
}

/** Whether a term is a value of a parameter: one of its list, or one literal, never more of a query. @param {any} parameter @param {string} term */
function isTerm(parameter, term) {
  if (!parameter) return false;
  return parameter.values.length ? parameter.values.some((/** @type {[string, string]} */ one) => one[0] === term) : /^(?:-?\d+|"(?:[^"\\\n]|\\.)*"(?:\^\^<[^<>\s]+>)?)$/.test(term);
}

/** The note for the reader, "" where all was known; it is said until the reader's next step. */
export function tellIgnored() {
  if (!ignored.length || saidAt !== stepsTaken()) return "";
  const told = ignored.map(([name, value]) => say(NAMES[name][0], NAMES[name][1]) + " “" + shorten(value, 60) + "”").join(", ");
  return say("Địa chỉ có điều trang này không có, nên bỏ qua: ", "The address names what this page does not have; left out: ") + told + ". ";
}
