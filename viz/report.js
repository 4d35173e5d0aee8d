"use strict";
(function () {
  var root = document.documentElement, tools = document.querySelector(".tools");
  tools.hidden = false;

  function shown(cell) {
    var value = Number(cell.dataset.v), kind = cell.dataset.k, locale = root.dataset.lang === "en" ? "en" : "vi";
    var percent = kind === "percent", digits = kind === "integer" ? 0 : percent ? 1 : Math.abs(value) >= 0.01 || value === 0 ? 2 : 4;
    return (percent ? value * 100 : value).toLocaleString(locale, { maximumFractionDigits: digits }) + (percent ? " %" : "");
  }

  document.getElementById("language").addEventListener("click", function () {
    var english = root.dataset.lang === "vi";
    root.dataset.lang = root.lang = english ? "en" : "vi";
    this.textContent = english ? "Tiếng Việt" : "English";
    this.lang = english ? "vi" : "en";
    document.querySelectorAll("[data-k]").forEach(function (cell) { cell.textContent = shown(cell); });
    var name = document.querySelector("h1 ." + root.dataset.lang);
    if (name) { document.title = name.textContent; }
  });

  document.getElementById("theme").addEventListener("click", function () {
    var dark = root.dataset.theme ? root.dataset.theme === "dark" : matchMedia("(prefers-color-scheme: dark)").matches;
    root.dataset.theme = dark ? "light" : "dark";
  });
  document.getElementById("print").addEventListener("click", function () {
    document.querySelectorAll("details").forEach(function (each) { each.open = true; });
    print();
  });

  var collator = new Intl.Collator("vi", { numeric: true });
  function key(row, column) {
    var cell = row.cells[column];
    if (cell.classList.contains("none")) { return null; }
    return cell.dataset.k ? Number(cell.dataset.v) : cell.dataset.v || cell.textContent;
  }
  function sort(table, column, head) {
    var down = head.getAttribute("aria-sort") === "descending" || (!head.hasAttribute("aria-sort") && !head.classList.contains("n"));
    table.querySelectorAll("[aria-sort]").forEach(function (each) { each.removeAttribute("aria-sort"); });
    head.setAttribute("aria-sort", down ? "ascending" : "descending");
    var body = table.tBodies[0];
    Array.from(body.rows).map(function (row) { return [key(row, column), row]; }).sort(function (one, other) {
      if (one[0] === null || other[0] === null) { return (one[0] === null) - (other[0] === null); }
      var order = typeof one[0] === "number" && typeof other[0] === "number" ? one[0] - other[0] : collator.compare(one[0], other[0]);
      return down ? order : -order;
    }).forEach(function (pair) { body.appendChild(pair[1]); });
  }
  document.querySelectorAll("table").forEach(function (table) {
    Array.from(table.tHead.rows[0].cells).forEach(function (head, column) {
      var button = document.createElement("button");
      button.type = "button";
      while (head.firstChild) { button.appendChild(head.firstChild); }
      head.appendChild(button);
      button.addEventListener("click", function () { sort(table, column, head); });
    });
  });
})();
