// Ask: the library with its parameters, or SPARQL of one's own, with terms completed and answers as tables.
import { openPassage } from "./details.js";
import { PageEngine, ServerEngine } from "./engine.js";
import { STATE, change } from "./state.js";
import { element, figure, fold, say, shorten } from "./text.js";
import { download, makeTable } from "./table.js";
import { tellCell } from "./words.js";

/** @type {{ engine: PageEngine | ServerEngine | null, query: string, reply: import("./engine.js").Reply | null, error: string, running: boolean, seconds: number, ran: string }} */
const HELD = { engine: null, query: "", reply: null, error: "", running: false, seconds: 0, ran: "" };

/** Whether SPARQL can be asked here. @param {import("./data.js").Model} model */
export function canAsk(model) { return model.payload.asks; }

/** The question's query with the values that were chosen: each VALUES line keeps its place. @param {any} question @param {Record<string, string>} given */
export function fillQuery(question, given) {
  return question.query.replace(/^([ \t]*)VALUES[ \t]+\?(\w+)[ \t]*\{([^{}\n]*)\}[ \t]*$/gm, (/** @type {string} */ line, /** @type {string} */ space, /** @type {string} */ name, /** @type {string} */ standard) => {
    const value = given[name];
    if (value) return space + "VALUES ?" + name + " { " + value + " }";
    return standard.trim() === "UNDEF" ? "" : line;
  });
}

/** @param {any} parameter @param {string} text what was typed, for parameters without a list */
function typed(parameter, text) {
  if (!text) return "";
  if (parameter.type === "integer") return /^-?\d+$/.test(text) ? text : "";
  if (parameter.type === "date") return /^\d{4}-\d\d-\d\d$/.test(text) ? `"${text}"^^<http://www.w3.org/2001/XMLSchema#date>` : "";
  if (parameter.type === "decimal") return /^-?\d+(\.\d+)?$/.test(text) ? `"${text}"^^<http://www.w3.org/2001/XMLSchema#decimal>` : "";
  return parameter.type === "string" ? JSON.stringify(text) : "";
}

/** @param {import("./data.js").Model} model @param {() => void} redraw @returns {HTMLElement} */
export function drawAsk(model, redraw) {
  const ask = model.payload.ask, box = element("div", { class: "ask" });
  if (!HELD.engine) HELD.engine = ask.endpoint ? new ServerEngine(ask.endpoint) : new PageEngine();
  const question = ask.questions.find((/** @type {any} */ one) => one.name === STATE.ask);
  if (STATE.sparql) HELD.query = STATE.sparql; else if (question) HELD.query = fillQuery(question, given());
  // A question of the library is answered as soon as it is chosen, or its link opened; a query of one's own when it is sent.
  if (HELD.query !== HELD.ran && (question || STATE.sparql)) HELD.reply = null; // it answered another
  if (question && !STATE.sparql && HELD.query !== HELD.ran && !HELD.running) queueMicrotask(() => run(model, HELD.query, redraw));
  const picker = element("select", { "aria-label": say("Câu hỏi có sẵn", "Question of the library"), onchange: () => choose(picker.value) },
    element("option", { value: "" }, say("— chọn trong danh sách, hoặc tự viết SPARQL —", "— choose from the list, or write SPARQL —")), ...topicsOf(ask.questions).map(([topic, members]) => element("optgroup", { label: topic }, ...members.map((one) => element("option", { value: one.name, selected: one.name === STATE.ask }, say(one.title[0], one.title[1]))))));
  box.append(element("label", {}, say("Câu hỏi: ", "Question: "), picker));
  if (question) box.append(element("p", {}, say(question.description[0], question.description[1])), ...question.parameters.map((/** @type {any} */ parameter) => chooser(parameter)), element("p", { class: "note" }, say("Cách đọc: ", "How to read it: ") + say(question.reading[0], question.reading[1])));
  const editor = element("textarea", { spellcheck: "false", rows: String(Math.min(22, Math.max(8, HELD.query.split("\n").length + 1))), "aria-label": "SPARQL", "aria-autocomplete": "list" });
  editor.value = HELD.query || 'SELECT ?task ?name WHERE {\n  ?task a mg:Task ; rdfs:label ?name .\n}\nLIMIT 20\n';
  const hints = element("ul", { class: "hints", role: "listbox", "aria-label": say("Gợi ý", "Suggestions"), hidden: true });
  complete(editor, hints, ask.terms);
  editor.addEventListener("input", () => { HELD.query = editor.value; });
  const shown = editor.value, send = () => {
    const query = editor.value;
    // What was changed is a query of the reader's own from now on: it stays in the editor and in the link.
    if ((question || STATE.sparql) && query !== shown) { HELD.ran = query; change({ sparql: query }, Boolean(STATE.sparql)); }
    run(model, query, redraw);
  };
  const go = element("button", { type: "button", class: "main", onclick: () => send() }, say("Hỏi (Ctrl+Enter)", "Ask (Ctrl+Enter)"));
  const stop = element("button", { type: "button", disabled: !HELD.running, onclick: () => HELD.engine && HELD.engine.stop() }, say("Dừng", "Stop"));
  const link = element("button", { type: "button", onclick: () => change({ sparql: editor.value }) }, say("Đưa câu hỏi vào liên kết", "Put the query into the link"));
  editor.addEventListener("keydown", (/** @type {KeyboardEvent} */ event) => { if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) { event.preventDefault(); send(); } });
  if (!question && !STATE.sparql && !HELD.reply && !HELD.error && !HELD.running) box.append(library(ask.questions));
  const details = element("details", { open: Boolean(STATE.sparql) || (!question && Boolean(HELD.query)) }, element("summary", {}, question ? say("Câu truy vấn SPARQL", "The query in SPARQL") : say("Tự viết câu hỏi bằng SPARQL", "Write a query of your own in SPARQL")), element("div", { class: "editor" }, editor, hints), link);
  box.append(details, element("div", { class: "tools" }, go, stop, element("span", { role: "status" }, HELD.running ? say("đang hỏi…", "asking…") : HELD.reply ? figure(HELD.seconds, 2) + " s" : "")), answer(model, question));
  return box;
}

/** Values that the address holds for parameters, as SPARQL writes them. @returns {Record<string, string>} */
function given() { return Object.fromEntries(new URLSearchParams(STATE.given)); }

/** A value as a reader types it. @param {string} term */
function plain(term) { return term.replace(/^"((?:[^"\\]|\\.)*)".*$/, (_, words) => words.replace(/\\(.)/g, "$1")); }

/** Take another question. @param {string} name */
function choose(name) {
  if (HELD.running && HELD.engine) HELD.engine.stop();
  HELD.reply = null; HELD.error = ""; HELD.ran = ""; if (!name) HELD.query = "";
  change({ ask: name, given: "", sparql: "" });
}

/** The questions by topic, in the order of the library. @param {any[]} questions @returns {[string, any[]][]} */
function topicsOf(questions) {
  /** @type {Map<string, any[]>} */
  const topics = new Map();
  for (const one of questions) { const topic = say(one.topic[0], one.topic[1]); topics.set(topic, [...(topics.get(topic) || []), one]); }
  return [...topics];
}

/** All questions, for who does not know what can be asked. @param {any[]} questions */
function library(questions) {
  return element("div", { class: "library" }, ...topicsOf(questions).map(([topic, members]) => element("section", {}, element("h3", {}, topic), element("ul", {}, ...members.map((one) => element("li", {}, element("button", { type: "button", class: "link", title: say(one.description[0], one.description[1]), onclick: () => choose(one.name) }, say(one.title[0], one.title[1]))))))));
}

/** @param {any} parameter */
function chooser(parameter) {
  const label = say(parameter.label[0], parameter.label[1]) + ": ", standard = parameter.default ? say("mặc định ", "default ") + parameter.default : say("tất cả", "all");
  const set = (/** @type {string} */ value) => {
    const now = given();
    if (value) now[parameter.name] = value; else delete now[parameter.name];
    HELD.reply = null; HELD.error = "";
    change({ given: new URLSearchParams(now).toString(), sparql: "" }, true);
  };
  if (!parameter.values.length) return element("label", {}, label, element("input", { placeholder: standard, value: plain(given()[parameter.name] || ""), onchange: (/** @type {any} */ event) => set(typed(parameter, event.target.value.trim())) }));
  const field = element("select", { onchange: () => set(field.value) }, element("option", { value: "" }, standard), ...parameter.values.map((/** @type {[string, string]} */ one) => element("option", { value: one[0], selected: one[0] === given()[parameter.name] }, one[1])));
  return element("label", {}, label, field);
}

/** @param {import("./data.js").Model} model @param {string} query @param {() => void} redraw */
async function run(model, query, redraw) {
  if (HELD.running || !HELD.engine) return;
  const prefixes = Object.entries(model.payload.ask.prefixes).filter(([name]) => !new RegExp("PREFIX\\s+" + name + ":", "i").test(query)).map(([name, address]) => `PREFIX ${name}: <${address}>`);
  HELD.query = HELD.ran = query; HELD.running = true; HELD.error = ""; HELD.reply = null;
  redraw();
  const started = performance.now();
  try {
    // In one line before the query: the line numbers of an error stay those of the editor.
    HELD.reply = await HELD.engine.run(prefixes.join(" ") + " " + query);
  } catch (error) { HELD.error = String(error instanceof Error ? error.message : error); }
  HELD.seconds = (performance.now() - started) / 1000;
  HELD.running = false;
  redraw();
}

/** @param {import("./data.js").Model} model @param {any} question */
function answer(model, question) {
  const { reply, error } = HELD, box = element("div", { role: "region", "aria-label": say("Trả lời", "Answer"), "aria-live": "polite" });
  if (error) {
    const line = /(?:line |at )(\d+)(?::(\d+))?/.exec(error);
    box.append(element("p", { class: "error", role: "alert" }, (line ? say("Sai ở dòng ", "Error in line ") + line[1] + ": " : "") + shorten(error, 400)));
  }
  if (!reply) return box;
  if (reply.answer !== undefined) { box.append(element("p", { class: "verdict" }, reply.answer ? say("Có", "Yes") : say("Không", "No"))); return box; }
  if (reply.text !== undefined) { box.append(element("div", { class: "tools" }, element("button", { type: "button", onclick: () => download("tra-loi.ttl", reply.text || "", "text/turtle") }, "Turtle")), element("pre", {}, reply.text)); return box; }
  const columns = reply.columns || [], rows = reply.rows || [];
  if (!rows.length) box.append(element("p", { class: "note" }, say("Không có dòng nào. Hãy bớt điều kiện, hoặc kiểm tra tên và tham số.", "No rows. Ask for less, or check names and parameters.")));
  if (reply.cut) box.append(element("p", { class: "note" }, reply.cut));
  const columnOf = (/** @type {string} */ name) => (question && !STATE.sparql && question.columns[name]) || [name, name, null], isNode = (/** @type {any} */ term) => Boolean(term) && model.nodeOfIri.has(term.value);
  const listing = { name: "tra-loi", rows, columns: /** @type {import("./table.js").Column[]} */ (columns.map((name) => {
    const [vi, en, kind] = columnOf(name), named = (/** @type {any} */ term) => Boolean(term) && term.type === "uri", linked = rows.some((row) => isNode(row[name]));
    const value = (/** @type {any} */ row) => tellCell(row[name], kind, model.payload.ask.codes);
    return { vi, en, value, number: rows.length > 0 && rows.every((row) => value(row) === null || typeof value(row) === "number"),
      show: rows.some((row) => named(row[name])) ? (/** @type {any} */ row) => (isNode(row[name]) ? "↗ " + shorten(model.label(Number(model.nodeOfIri.get(row[name].value))), 60) : named(row[name]) ? shortAddress(row[name].value) : String(value(row) ?? "")) : undefined,
      // On a server all things have a page; inside a page those of the pictures open at the side.
      link: model.payload.ask.endpoint ? (/** @type {any} */ row) => (named(row[name]) && !isNode(row[name]) ? "api/resource?format=html" + say("", "&lang=en") + "&iri=" + encodeURIComponent(row[name].value) : "") : undefined,
      opens: (/** @type {any} */ row) => isNode(row[name]), open: linked ? (/** @type {any} */ row) => change({ node: row[name].value }) : undefined };
  })) };
  if (["file", "start", "end"].every((name) => columns.includes(name))) listing.columns.push(passageColumn(model));
  box.append(makeTable(listing), element("div", { class: "tools" }, element("button", { type: "button", onclick: () => download("tra-loi.json", JSON.stringify({ head: { vars: columns }, results: { bindings: rows } }, null, 1), "application/sparql-results+json") }, "JSON"), chartButton(columns, rows)));
  const drawn = chartOf(columns, rows);
  if (STATE.chart && drawn) box.append(bars(rows, drawn, (name) => { const [vi, en] = columnOf(name); return say(vi, en); }));
  return box;
}

/** The way to the words of a row that says its file and place. @param {import("./data.js").Model} model @returns {import("./table.js").Column} */
function passageColumn(model) {
  const docOf = (/** @type {any} */ row) => (row.file && row.start && row.end ? model.docs.file.indexOf(row.file.value) : -1);
  return { vi: "Trong văn bản", en: "Passage", screen: true, away: true, value: (row) => (docOf(row) >= 0 && model.text(docOf(row)) !== null ? "↗ " + say("xem câu", "read") : ""), open: (row) => {
    const doc = docOf(row), text = model.text(doc) || "";
    openPassage(model, doc, unitsBefore(text, Number(row.start.value)), unitsBefore(text, Number(row.end.value)));
  } };
}

/** What a browser counts before a place that the graph counts in code points. @param {string} text @param {number} points */
function unitsBefore(text, points) {
  let units = 0;
  for (let count = 0; count < points && units < text.length; count++) units += /** @type {number} */ (text.codePointAt(units)) > 0xffff ? 2 : 1;
  return units;
}

/** What tells one address from another: its end. @param {string} address */
function shortAddress(address) { return address.length <= 60 ? address : "…/" + address.split(/[/#]/).slice(-2).join("/").slice(-58); }

/** The first text and the first number of an answer; null where it has none, or too many rows. @param {string[]} columns @param {any[]} rows @returns {[string, string] | null} */
function chartOf(columns, rows) {
  const number = columns.find((name) => rows.length && rows.every((row) => typeof tellCell(row[name], null, {}) === "number")), text = columns.find((name) => rows.some((row) => row[name] && row[name].type === "literal" && typeof tellCell(row[name], null, {}) === "string"));
  return number && text && rows.length <= 60 ? [text, number] : null;
}

/** @param {string[]} columns @param {any[]} rows */
function chartButton(columns, rows) {
  return chartOf(columns, rows) && element("button", { type: "button", "aria-pressed": String(Boolean(STATE.chart)), onclick: () => change({ chart: STATE.chart ? "" : "bars" }, true) }, say("Vẽ cột", "Bars"));
}

/** The rows as bars, under the names of their columns. @param {any[]} rows @param {[string, string]} drawn @param {(name: string) => string} named */
function bars(rows, [text, number], named) {
  const value = (/** @type {any} */ row) => Number(tellCell(row[number], null, {})), most = Math.max(...rows.map(value), 1e-9);
  return element("table", { class: "bars" }, element("caption", {}, named(text) + " × " + named(number)), element("tbody", {}, ...rows.map((row) => element("tr", {}, element("th", { scope: "row" }, String(tellCell(row[text], null, {}) ?? "")), element("td", {}, element("span", { class: "bar", style: "width:" + (100 * Math.max(0, value(row)) / most).toFixed(1) + "%" }), figure(value(row), 2))))));
}

/** Terms that go on from what was typed: by their name, or by their label without diacritics. @param {any} editor @param {any} hints @param {[string, string, string][]} terms */
function complete(editor, hints, terms) {
  const keys = terms.map((term) => fold(term.join(" ")));
  let at = 0;
  const close = () => { hints.hidden = true; hints.replaceChildren(); };
  const word = () => { const found = /(?:[\w-]*:)?[\wÀ-ỹ-]{2,}$/.exec(editor.value.slice(0, editor.selectionStart)); return found ? found[0] : ""; };
  const take = (/** @type {string} */ term) => {
    const end = editor.selectionStart, start = end - word().length;
    editor.setRangeText(term + " ", start, end, "end");
    editor.dispatchEvent(new Event("input"));
    close();
    editor.focus();
  };
  const mark = () => [...hints.children].forEach((item, number) => item.setAttribute("aria-selected", String(number === at)));
  editor.addEventListener("input", () => {
    const typedWord = fold(word());
    const found = typedWord && !typedWord.startsWith("?") ? terms.filter((term, number) => term[0].toLowerCase().startsWith(typedWord) || (!typedWord.includes(":") && keys[number].includes(typedWord))).slice(0, 10) : [];
    at = 0;
    hints.replaceChildren(...found.map((term) => element("li", { role: "option", onmousedown: (/** @type {Event} */ event) => { event.preventDefault(); take(term[0]); } }, element("code", {}, term[0]), " " + say(term[1], term[2]))));
    hints.hidden = !found.length;
    mark();
  });
  editor.addEventListener("keydown", (/** @type {KeyboardEvent} */ event) => {
    if (hints.hidden) return;
    if (event.key === "ArrowDown" || event.key === "ArrowUp") { at = (at + (event.key === "ArrowDown" ? 1 : -1) + hints.children.length) % hints.children.length; mark(); event.preventDefault(); } else if (event.key === "Tab" || (event.key === "Enter" && !event.ctrlKey && !event.metaKey)) { take(hints.children[at].querySelector("code").textContent); event.preventDefault(); } else if (event.key === "Escape") { close(); event.stopPropagation(); }
  });
  editor.addEventListener("blur", close);
}
