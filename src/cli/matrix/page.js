"use strict";
(() => {
  const data = JSON.parse(document.getElementById("data").textContent);
  const field = (name) => document.getElementById(name);
  const body = field("cells"), table = field("matrix");
  const STEP = 400, MOST_PRINTED = 20000;
  const BY = { user: "principal", path: "path", role: "role" };
  const KINDS = data.by === "group" ? "group" : "user or token";
  const TITLES = {
    user: [KINDS, "Path", "May"], path: ["Path", KINDS, "May"], role: ["Role", "Path", KINDS],
  };
  const upper = (text) => text[0].toUpperCase() + text.slice(1);
  const holds = data.findings.map((finding) => new Set(finding.privileges.map(([name]) => name)));
  const roles = data.findings.map((finding) => new Map(finding.roles));
  const cells = [];
  for (let place = 0; place < data.cells.length; place += 3) {
    cells.push({ row: data.cells[place], path: data.cells[place + 1], finding: data.cells[place + 2] });
  }
  let by = data.by === "role" ? "role" : "user";
  let lines = [], drawn = 0, last = null;

  const make = (name, text, type) => {
    const element = document.createElement(name);
    if (type) element.className = type;
    if (text !== undefined) element.textContent = text;
    return element;
  };
  const options = (name, values) => {
    for (const value of values) field(name).append(new Option(value, value));
  };

  const person = (cell) => {
    const [id, , state] = data.rows[cell.row];
    const parts = [make("code", id)];
    if (state !== "active") parts.push(" ", make("span", state, "state"));
    return parts;
  };
  const names = (finding) => {
    const text = finding.privileges.map(([name, below]) => data.names[name] + (below ? " ∗" : "")).join(", ");
    return make("div", text, "privileges");
  };
  const may = (cell) => {
    const finding = data.findings[cell.finding], parts = [];
    const nothing = finding.privileges.length === 0;
    if (nothing) parts.push(make("span", "nothing", "role none"));
    for (const [name, below] of finding.roles) parts.push(make("code", name + (below ? " ∗" : ""), nothing ? "note" : "role"), " ");
    if (finding.limited) parts.push(make("span", "limited by its owner", "note"), " ");
    if (finding.below) parts.push(make("span", "below: " + finding.below, "note"));
    if (!nothing && (field("full").checked || data.narrowed)) parts.push(names(finding));
    return parts;
  };
  const reason = (cell) => {
    const finding = data.findings[cell.finding];
    return finding.origin + (finding.pool ? " + pool" : "");
  };
  const path = (cell, mark) => [make("code", data.paths[cell.path] + (mark ? " ∗" : ""))];

  const key = { user: (line) => line.row, path: (line) => line.path, role: (line) => line.role };
  const order = {
    user: (a, b) => a.row - b.row || a.path - b.path,
    path: (a, b) => a.path - b.path || a.row - b.row,
    role: (a, b) => (a.role < b.role ? -1 : a.role > b.role ? 1 : 0) || a.path - b.path || a.row - b.row,
  };

  const draw = (count) => {
    const piece = document.createDocumentFragment();
    const end = Math.min(lines.length, drawn + count);
    let before = body.lastElementChild;
    for (; drawn < end; drawn += 1) {
      const line = lines[drawn], first = key[by](line), row = make("tr");
      const same = first === last;
      last = first;
      if (same) {
        row.className = "same";
        if (before) before.classList.add("joined");
      }
      else if (before) before.classList.add("last");
      const head = make("th"), cellsOfRow = [make("td"), make("td"), make("td", reason(line), "note")];
      head.scope = "row";
      const reaches = by === "role" && roles[line.finding].get(line.role);
      const parts = {
        user: () => [person(line), path(line), may(line)],
        path: () => [path(line), person(line), may(line)],
        role: () => [[make("code", line.role)], path(line, reaches), person(line)],
      }[by]();
      head.append(...parts[0]);
      cellsOfRow[0].append(...parts[1]);
      cellsOfRow[1].append(...parts[2]);
      row.append(head, ...cellsOfRow);
      piece.append(row);
      before = row;
    }
    body.append(piece);
    field("rest").hidden = drawn >= lines.length;
    field("more").textContent = "Show more (" + (lines.length - drawn).toLocaleString("en") + " left)";
  };

  const filter = () => {
    const who = field("who").value.trim().toLowerCase(), where = field("path").value.trim().toLowerCase();
    const role = field("role").value, state = field("state").value;
    const privilege = field("privilege").value === "" ? -1 : data.names.indexOf(field("privilege").value);
    const rows = data.rows.map(([id, , of]) => id.toLowerCase().includes(who) && (!state || of === state));
    const paths = data.paths.map((text) => text.toLowerCase().includes(where));
    const findings = data.findings.map((_, place) =>
      (privilege < 0 || holds[place].has(privilege)) && (!role || roles[place].has(role)));
    by = field("by").value;
    const chosen = cells.filter((cell) => rows[cell.row] && paths[cell.path] && findings[cell.finding]);
    lines = by === "role"
      ? chosen.flatMap((cell) => [...roles[cell.finding].keys()].filter((name) => !role || name === role).map((name) => ({ ...cell, role: name })))
      : chosen;
    lines.sort(order[by]);
    const heads = table.tHead.rows[0].cells;
    TITLES[by].forEach((title, place) => { heads[place].textContent = upper(title); });
    body.replaceChildren();
    [drawn, last] = [0, null];
    draw(STEP);
    const people = new Set(chosen.map((cell) => cell.row)).size, places = new Set(chosen.map((cell) => cell.path)).size;
    const shown = (count) => count.toLocaleString("en");
    field("count").textContent = lines.length === 0 ? "Nothing fits these filters."
      : `${shown(lines.length)} of ${shown(cells.length)} lines, ${shown(people)} of ${shown(data.rows.length)} ${data.by === "group" ? "groups" : "users and tokens"}, ${shown(places)} of ${shown(data.paths.length)} paths`;
  };

  options("role", [...new Set(data.findings.flatMap((finding) => finding.roles.map(([name]) => name)))].sort());
  options("privilege", data.names.filter((_, place) => holds.some((set) => set.has(place))));
  options("state", [...new Set(data.rows.map(([, , state]) => state))].sort());
  for (const [value, name] of Object.entries(BY)) field("by").append(new Option(value === "user" ? KINDS : name, value, value === by, value === by));
  let waiting = 0;
  const soon = () => { clearTimeout(waiting); waiting = setTimeout(filter, 120); };
  field("filters").addEventListener("input", soon);
  field("filters").addEventListener("reset", soon);
  field("filters").addEventListener("submit", (event) => event.preventDefault());
  field("more").addEventListener("click", () => draw(STEP));
  if ("IntersectionObserver" in window) {
    new IntersectionObserver((seen) => { if (seen.some((one) => one.isIntersecting) && drawn < lines.length) draw(STEP); }, { rootMargin: "600px" }).observe(field("rest"));
  }
  addEventListener("beforeprint", () => draw(MOST_PRINTED));
  field("filters").hidden = false;
  filter();
})();
