// An answer's codes in the reader's words, as kg.questions.words says them.
import { showMonth } from "./dates.js";
import { say } from "./text.js";

/** @typedef {Record<string, Record<string, [string, string]>>} Codes by kind of code: each code with its words */

const MONTHS = ["January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December"];
const XSD = "http://www.w3.org/2001/XMLSchema#";

/** A cell of an answer: its number, or its words. @param {{ type: string, value: string, datatype?: string } | undefined} term @param {string | null} kind of the column's codes @param {Codes} codes @returns {string | number | null} */
export function tellCell(term, kind, codes) {
  if (!term) return null;
  if (term.datatype && ["integer", "decimal", "double"].some((one) => term.datatype === XSD + one) && !(kind && codes[kind] && codes[kind][term.value])) return Number(term.value);
  if (term.datatype === XSD + "boolean") return /^(true|1)$/.test(term.value) ? say("có", "yes") : say("không", "no");
  return kind && term.type === "literal" ? term.value.split("; ").map((code) => tellCode(code, kind, codes)).join("; ") : term.value;
}

/** @param {string} code @param {string} kind @param {Codes} codes */
function tellCode(code, kind, codes) {
  if (code === "không nêu / not stated") return say("không nêu", "not stated");
  if (kind === "deadline") return tellDeadline(code);
  if (kind === "name") {
    const [vi, en] = code.split(/ \/ (.*)/s);
    return en && /^[ -~]+$/.test(en) ? say(vi, en) : code;
  }
  const told = codes[kind] && codes[kind][code];
  return told ? say(told[0], told[1]) : code;
}

/** "ngày 30/11 hằng năm" for "--11-30", "ngày 15/6/2026" for "2026-06-15"; else as it is. @param {string} code */
function tellDeadline(code) {
  const [, year, month, day] = /^(-|\d{4})-(\d\d)(?:-(\d\d))?$/.exec(code) || [], name = MONTHS[Number(month) - 1], at = showMonth(month || "");
  if (!name || (year === "-" && !day)) return code;
  if (year === "-") return say(`ngày ${day}/${at} hằng năm`, `${Number(day)} ${name}, every year`);
  return day ? say(`ngày ${day}/${at}/${year}`, `${Number(day)} ${name} ${year}`) : say(`tháng ${at}/${year}`, `${name} ${year}`);
}
