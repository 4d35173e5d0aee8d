// Ask: the library with its parameters, or SPARQL of one's own, with terms completed and answers as tables.
import { PageEngine, ServerEngine } from "./engine.js";
import { STATE, change } from "./state.js";
import { element, figure, fold, say } from "./text.js";
import { download, makeTable } from "./table.js";

/** @type {{ engine: PageEngine | ServerEngine | null, query: string, reply: import("./engine.js").Reply | null, error: string, running: boolean, seconds: number, given: Record<string, string> }} */
const HELD = { engine: null, query: "", reply: null, error: "", running: false, seconds: 0, given: {} };

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
  if (STATE.sparql) HELD.query = STATE.sparql; else if (question) HELD.query = fillQuery(question, HELD.given);
  const picker = element("select", { "aria-label": say("Câu hỏi có sẵn", "Question of the library"), onchange: () => { HELD.given = {}; HELD.reply = null; HELD.error = ""; change({ ask: picker.value, sparql: "" }); } },
    element("option", { value: "" }, say("— câu hỏi của bạn —", "— your own query —")), ...ask.questions.map((/** @type {any} */ one) => element("option", { value: one.name, selected: one.name === STATE.ask }, say(one.title[0], one.title[1]))));
  box.append(element("label", {}, say("Câu hỏi: ", "Question: "), picker));
  if (question) box.append(element("p", {}, say(question.description[0], question.description[1])), ...question.parameters.map((/** @type {any} */ parameter) => chooser(parameter, redraw)), element("p", { class: "note" }, say("Cách đọc: ", "How to read it: ") + say(question.reading[0], question.reading[1])));
  const editor = element("textarea", { spellcheck: "false", rows: String(Math.min(22, Math.max(8, HELD.query.split("\n").length + 1))), "aria-label": "SPARQL", "aria-autocomplete": "list" });
  editor.value = HELD.query || 'SELECT ?task ?name WHERE {\n  ?task a mg:Task ; rdfs:label ?name .\n}\nLIMIT 20\n';
  const hints = element("ul", { class: "hints", role: "listbox", "aria-label": say("Gợi ý", "Suggestions"), hidden: true });
  complete(editor, hints, ask.terms);
  editor.addEventListener("input", () => { HELD.query = editor.value; });
  const go = element("button", { type: "button", class: "main", onclick: () => run(model, editor.value, redraw) }, say("Hỏi (Ctrl+Enter)", "Ask (Ctrl+Enter)"));
  const stop = element("button", { type: "button", disabled: !HELD.running, onclick: () => HELD.engine && HELD.engine.stop() }, say("Dừng", "Stop"));
  const link = element("button", { type: "button", onclick: () => change({ sparql: editor.value }) }, say("Đưa câu hỏi vào liên kết", "Put the query into the link"));
  editor.addEventListener("keydown", (/** @type {KeyboardEvent} */ event) => { if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) { event.preventDefault(); run(model, editor.value, redraw); } });
  const details = element("details", { open: !question || Boolean(STATE.sparql) }, element("summary", {}, "SPARQL"), element("div", { class: "editor" }, editor, hints), link);
  box.append(details, element("div", { class: "tools" }, go, stop, element("span", { role: "status" }, HELD.running ? say("đang hỏi…", "asking…") : HELD.reply ? figure(HELD.seconds, 2) + " s" : "")), answer(model, question));
  return box;
}

/** @param {any} parameter @param {() => void} redraw */
function chooser(parameter, redraw) {
  const label = say(parameter.label[0], parameter.label[1]) + ": ", standard = parameter.default ? say("mặc định ", "default ") + parameter.default : say("tất cả", "all");
  const set = (/** @type {string} */ value) => { HELD.given = { ...HELD.given, [parameter.name]: value }; HELD.reply = null; change({ sparql: "" }, true); redraw(); };
  if (!parameter.values.length) return element("label", {}, label, element("input", { placeholder: standard, onchange: (/** @type {any} */ event) => set(typed(parameter, event.target.value.trim())) }));
  const field = element("select", { onchange: () => set(field.value) }, element("option", { value: "" }, standard), ...parameter.values.map((/** @type {[string, string]} */ one) => element("option", { value: one[0], selected: one[0] === HELD.given[parameter.name] }, one[1])));
  return element("label", {}, label, field);
}

/** @param {import("./data.js").Model} model @param {string} query @param {() => void} redraw */
async function run(model, query, redraw) {
  if (HELD.running || !HELD.engine) return;
  const prefixes = Object.entries(model.payload.ask.prefixes).filter(([name]) => !new RegExp("PREFIX\\s+" + name + ":", "i").test(query)).map(([name, address]) => `PREFIX ${name}: <${address}>`);
  HELD.query = query; HELD.running = true; HELD.error = ""; HELD.reply = null;
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
    box.append(element("p", { class: "error", role: "alert" }, (line ? say("Sai ở dòng ", "Error in line ") + line[1] + ": " : "") + error));
  }
  if (!reply) return box;
  if (reply.answer !== undefined) { box.append(element("p", { class: "verdict" }, reply.answer ? say("Có", "Yes") : say("Không", "No"))); return box; }
  if (reply.text !== undefined) { box.append(element("div", { class: "tools" }, element("button", { type: "button", onclick: () => download("tra-loi.ttl", reply.text || "", "text/turtle") }, "Turtle")), element("pre", {}, reply.text)); return box; }
  const columns = reply.columns || [], rows = reply.rows || [];
  if (!rows.length) box.append(element("p", { class: "note" }, say("Không có dòng nào. Hãy bớt điều kiện, hoặc kiểm tra tên và tham số.", "No rows. Ask for less, or check names and parameters.")));
  if (reply.cut) box.append(element("p", { class: "note" }, reply.cut));
  const named = (/** @type {string} */ name) => (question && !STATE.sparql && question.columns[name]) || [name, name];
  const listing = { name: "tra-loi", rows, columns: columns.map((name) => ({ vi: named(name)[0], en: named(name)[1], number: rows.length > 0 && rows.every((row) => !row[name] || /#(?:integer|decimal|double)$/.test(row[name].datatype || "")), value: (/** @type {any} */ row) => cell(row[name]), open: rows.some((row) => row[name] && model.nodeOfIri.has(row[name].value)) ? (/** @type {any} */ row) => { if (row[name] && model.nodeOfIri.has(row[name].value)) change({ node: row[name].value }); } : undefined })) };
  box.append(makeTable(listing), element("div", { class: "tools" }, element("button", { type: "button", onclick: () => download("tra-loi.json", JSON.stringify({ head: { vars: columns }, results: { bindings: rows } }, null, 1), "application/sparql-results+json") }, "JSON"), chartButton(box, columns, rows)));
  return box;
}

/** @param {{ type: string, value: string, datatype?: string } | undefined} term */
function cell(term) {
  if (!term) return null;
  return /#(?:integer|decimal|double)$/.test(term.datatype || "") ? Number(term.value) : term.value;
}

/** A bar chart of the first text and the first number. @param {HTMLElement} box @param {string[]} columns @param {any[]} rows */
function chartButton(box, columns, rows) {
  const number = columns.find((name) => rows.length && rows.every((row) => typeof cell(row[name]) === "number")), text = columns.find((name) => rows.some((row) => row[name] && row[name].type === "literal" && typeof cell(row[name]) === "string"));
  if (!number || !text || rows.length > 60) return null;
  return element("button", { type: "button", onclick: (/** @type {any} */ event) => {
    const most = Math.max(...rows.map((row) => Number(cell(row[number]))), 1e-9);
    box.append(element("table", { class: "bars" }, element("caption", {}, text + " × " + number), element("tbody", {}, ...rows.map((row) => element("tr", {}, element("th", { scope: "row" }, String(cell(row[text]) ?? "")), element("td", {}, element("span", { class: "bar", style: "width:" + (100 * Math.max(0, Number(cell(row[number]))) / most).toFixed(1) + "%" }), figure(Number(cell(row[number])), 2)))))));
    event.target.remove();
  } }, say("Vẽ cột", "Bars"));
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
