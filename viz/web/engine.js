// Who answers SPARQL: Oxigraph in a worker of the page, or the server that gave the page. Either can be stopped.
import { say } from "./text.js";

/**
 * @typedef {object} Reply
 * @property {string[]} [columns]
 * @property {Record<string, { type: string, value: string, datatype?: string }>[]} [rows]
 * @property {boolean} [answer] of an ASK
 * @property {string} [text] triples of a CONSTRUCT or DESCRIBE
 * @property {string} [cut] why there are not more rows
 */

/** What the worker does; it stands behind the engine's own code. */
const WORKER = `
let store;
self.onmessage = async ({ data }) => {
  try {
    if (data.wasm) {
      initSync({ module: data.wasm });
      store = new Store();
      store.load(data.graph, { format: "application/n-quads" });
      store.update("INSERT { ?s ?p ?o } WHERE { GRAPH ?g { ?s ?p ?o } }");
      self.postMessage({ ready: store.size });
      return;
    }
    const form = data.form;
    const found = store.query(data.query, { results_format: form === "CONSTRUCT" || form === "DESCRIBE" ? "text/turtle" : "application/sparql-results+json" });
    self.postMessage({ id: data.id, found });
  } catch (error) { self.postMessage({ id: data.id, error: String(error && error.message || error) }); }
};`;

/** @param {string} id @returns {Promise<Uint8Array<ArrayBuffer>>} */
async function carried(id) {
  const letters = atob(/** @type {HTMLElement} */ (document.getElementById(id)).textContent || ""), bytes = new Uint8Array(letters.length);
  for (let at = 0; at < letters.length; at++) bytes[at] = letters.charCodeAt(at);
  return new Uint8Array(await new Response(new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip"))).arrayBuffer());
}

/** SELECT, ASK, CONSTRUCT or DESCRIBE. @param {string} query */
export function formOf(query) {
  const bare = query.replace(/<[^<>\s]*>|"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'/g, "").replace(/#.*$/gm, "");
  const found = /\b(SELECT|ASK|CONSTRUCT|DESCRIBE)\b/i.exec(bare);
  return found ? found[1].toUpperCase() : "";
}

/** @param {string} form @param {string} content @returns {Reply} */
function reply(form, content) {
  if (form === "CONSTRUCT" || form === "DESCRIBE") return { text: content };
  const told = JSON.parse(content);
  if ("boolean" in told) return { answer: told.boolean };
  return { columns: told.head.vars, rows: told.results.bindings, cut: told.truncated };
}

export class PageEngine {
  constructor() {
    /** @type {Worker | null} */
    this.worker = null;
    this.count = 0;
    /** @type {((reason: Error) => void) | null} */
    this.refuse = null;
  }

  async #start() {
    const [code, wasm, graph] = await Promise.all(["engine-code", "engine-wasm", "engine-graph"].map(carried));
    const address = URL.createObjectURL(new Blob([code, WORKER], { type: "text/javascript" })), worker = new Worker(address);
    const module = await WebAssembly.compile(wasm);
    await new Promise((resolve, refuse) => {
      worker.onmessage = ({ data }) => (data.error ? refuse(new Error(data.error)) : resolve(data.ready));
      worker.onerror = (event) => refuse(new Error(event.message || "worker"));
      worker.postMessage({ wasm: module, graph: new TextDecoder().decode(graph) });
    });
    URL.revokeObjectURL(address);
    this.worker = worker;
  }

  /** @param {string} query @returns {Promise<Reply>} */
  run(query) {
    const id = ++this.count, form = formOf(query);
    return new Promise((resolve, refuse) => {
      this.refuse = refuse;
      const ready = this.worker ? Promise.resolve() : this.#start();
      ready.then(() => {
        if (id !== this.count || !this.worker) return; // stopped while it was starting
        this.worker.onmessage = ({ data }) => {
          if (data.id !== id) return;
          this.refuse = null;
          if (data.error) refuse(new Error(data.error)); else resolve(reply(form, typeof data.found === "boolean" ? JSON.stringify({ boolean: data.found }) : data.found));
        };
        this.worker.postMessage({ id, query, form });
      }, refuse);
    });
  }

  /** End the query that runs; the next one starts the engine anew. */
  stop() {
    this.count += 1;
    if (this.worker) this.worker.terminate();
    this.worker = null;
    if (this.refuse) this.refuse(new Error(say("Đã dừng.", "Stopped.")));
    this.refuse = null;
  }
}

export class ServerEngine {
  /** @param {string} address */
  constructor(address) {
    this.address = address;
    /** @type {AbortController | null} */
    this.asked = null;
  }

  /** @param {string} query @returns {Promise<Reply>} */
  async run(query) {
    this.asked = new AbortController();
    const form = formOf(query), kind = form === "CONSTRUCT" || form === "DESCRIBE" ? "text/turtle" : "application/sparql-results+json";
    const answer = await fetch(this.address, { method: "POST", body: query, headers: { "Content-Type": "application/sparql-query", Accept: kind }, signal: this.asked.signal });
    const content = await answer.text();
    if (answer.ok) return reply(form, content);
    const told = JSON.parse(content).error;
    throw new Error(say(told.vi, told.remedy) + " — " + told.place + ": " + told.found);
  }

  stop() { if (this.asked) this.asked.abort(new Error(say("Đã dừng.", "Stopped."))); }
}
