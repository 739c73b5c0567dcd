/* Saves each answer while it is typed. Every page works without this file, and the server alone decides what is
   written: a request carries the edition that was read, its own name, and the names of those nobody confirmed. */
const PAUSE = 800; // ms without typing before a text is sent
const PATIENCE = 15_000; // ms before a request counts as lost
const RETRIES = [2_000, 5_000, 15_000, 30_000, 60_000]; // ms before each new try
const MOST_UNCONFIRMED = 50;

const element = (name, text, properties = {}) => Object.assign(document.createElement(name), { textContent: text, ...properties });
const small = (text, properties = {}) => element("button", text, { type: "button", className: "fr-btn fr-btn--tertiary fr-btn--sm", ...properties });
const textsOf = ({ comment, synthesis, recommendation }) => [comment, synthesis, recommendation].filter(Boolean).join("\n\n");
const keyOf = (person, url) => `reponse:${person}:${url}`;

/* What this browser keeps of a text until it is saved. A browser that keeps nothing still saves on the server. */
const drawer = {
  read(key) {
    try { return JSON.parse(localStorage.getItem(key)); } catch { return null; }
  },
  write(key, record) {
    try { localStorage.setItem(key, JSON.stringify(record)); } catch { /* full or forbidden */ }
  },
  empty(key) {
    try { localStorage.removeItem(key); } catch { /* forbidden */ }
  },
};

class Answer {
  constructor(box) {
    const { autosave, prefix, person, login, code } = box.dataset;
    Object.assign(this, { box, url: autosave, prefix: prefix ? `${prefix}-` : "", person, login, code });
    this.key = keyOf(person, autosave);
    this.tab = crypto.randomUUID();
    this.status = box.querySelector("[role=status]");
    this.help = box.querySelector("[data-help]");
    this.place = box.querySelector("[data-clash-place]");
    this.edition = this.hidden("edition").value;
    this.base = this.hidden("base").value;
    this.onFile = this.words;
    this.unconfirmed = [];
    this.failures = 0;
    this.notice = [];
    // Two texts shown by the server: its own buttons choose, typing must not choose for the person.
    this.stopped = Boolean(this.place.querySelector("[data-clash]"));
    box.addEventListener("input", (event) => this.typed(event.target));
    if (!this.stopped) this.restore();
  }

  hidden(name) { return this.box.querySelector(`input[type=hidden][name="${this.prefix}${name}"]`); }

  get inputs() { return this.box.querySelectorAll("input:not([type=hidden]), textarea, select"); }

  get fields() {
    const found = {};
    for (const input of this.inputs) {
      const name = input.name.slice(this.prefix.length);
      const silent = ["radio", "checkbox"].includes(input.type) && !input.checked;
      found[name] = silent ? found[name] ?? "" : input.value;
    }
    return found;
  }

  set fields(wanted) {
    for (const input of this.inputs) {
      const name = input.name.slice(this.prefix.length);
      if (!(name in wanted)) continue;
      if (["radio", "checkbox"].includes(input.type)) input.checked = input.value === wanted[name];
      else input.value = wanted[name];
    }
  }

  /* What was read before writing: the text itself, or the texts by name when there are several. */
  baseOf(fields) {
    const names = [...this.box.querySelectorAll("textarea")].map((area) => area.name.slice(this.prefix.length));
    return names.length === 1 ? fields[names[0]] : JSON.stringify(Object.fromEntries(names.map((name) => [name, fields[name]])));
  }

  get words() { return JSON.stringify(this.fields); }
  get isDirty() { return this.unconfirmed.length > 0 || this.words !== this.onFile; }
  get isWaiting() { return this.isDirty && !this.stopped; }

  typed(input) {
    this.keep();
    if (!this.stopped) this.sendIn(input.type === "radio" ? 100 : PAUSE);
  }

  keep() {
    const { fields, edition, base, unconfirmed, tab } = this;
    drawer.write(this.key, { fields, edition, base, unconfirmed, tab, at: Date.now() });
  }

  restore() {
    const kept = drawer.read(this.key);
    if (!kept) return;
    if (JSON.stringify(kept.fields) === this.onFile) return drawer.empty(this.key);
    const before = this.fields;
    this.fields = kept.fields;
    Object.assign(this, { edition: kept.edition, base: kept.base, unconfirmed: kept.unconfirmed });
    const moment = new Date(kept.at).toLocaleString("fr-FR", { dateStyle: "long", timeStyle: "short" });
    const undo = small("Revenir à la réponse enregistrée", { onclick: () => { this.fields = before; this.notice = []; this.helpWith(); this.typed(undo); } });
    this.notice = [element("p", `Votre texte du ${moment} n'avait pas été enregistré : le voici remis.`), undo];
    this.helpWith();
    this.sendIn(300);
  }

  sendIn(delay) {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.send(), delay);
  }

  /* Never two requests at once for one answer: the one that runs calls for the next. */
  send() {
    this.running ??= this.exchange().finally(() => { this.running = null; });
    return this.running;
  }

  async exchange() {
    clearTimeout(this.timer);
    if (!this.isWaiting) return;
    if (!navigator.onLine) return this.fail("vous êtes hors ligne. Votre texte est gardé ici et partira au retour du réseau.");
    const words = this.words;
    if (words !== this.sent) Object.assign(this, { sent: words, operation: crypto.randomUUID() });
    const earlier = this.unconfirmed.filter((name) => name !== this.operation);
    this.unconfirmed = [...earlier, this.operation].slice(-MOST_UNCONFIRMED);
    this.keep();
    this.say("Enregistrement…");
    const answer = await this.post({ ...JSON.parse(words), edition: this.edition, base: this.base, operation: this.operation, unconfirmed: earlier.join(" ") });
    await this.heard(answer, words, earlier);
  }

  async post(data) {
    const body = new FormData();
    for (const [name, value] of Object.entries(data)) body.set(name, value);
    const token = document.querySelector("[name=csrfmiddlewaretoken]").value;
    return ask(this.url, { method: "POST", body, headers: { Accept: "application/json", "X-CSRFToken": token } });
  }

  async heard({ status, data }, words, earlier) {
    if (status === 200) return this.saved(data, words);
    if (status === 409 && data.panel) return this.clash(data);
    if (status === 409 || status === 404) {
      return this.stop(data.refused ?? "vous n'avez plus accès à cette candidature.");
    }
    if (status === 422) {
      this.unconfirmed = earlier;
      this.refusedWords = words;
      return this.say(`Non enregistré : ${data.sentence}`, true);
    }
    if (status === 401 || status === 403) return this.signIn(status);
    return this.fail(status ? "le service ne répond pas. Nouvel essai automatique." : "la connexion est interrompue. Nouvel essai automatique.");
  }

  saved(data, words) {
    this.unconfirmed = [];
    this.onFile = words;
    this.readAt(data.edition, this.baseOf(JSON.parse(words)));
    this.failures = 0;
    this.isOut = false;
    this.clashing = null;
    this.place.replaceChildren();
    this.helpWith();
    this.say(`Enregistré à ${data.at}`);
    show(this.code, data);
    if (this.isDirty) return this.typed(this.box);
    if (drawer.read(this.key)?.tab === this.tab) drawer.empty(this.key);
  }

  readAt(edition, base) {
    Object.assign(this, { edition, base });
    this.hidden("edition").value = edition;
    this.hidden("base").value = base;
  }

  /* Two people on one answer. The edition stays the old one until they choose: nothing can be written over. */
  clash(data) {
    this.unconfirmed = [];
    this.clashing = data;
    this.place.innerHTML = data.panel;
    for (const button of this.place.querySelectorAll("[data-keep]")) {
      button.type = "button";
      button.addEventListener("click", () => this.choose(button.dataset.keep));
    }
    this.say("Non enregistré : une autre personne a répondu entre-temps. Choisissez ce que vous gardez.", true);
  }

  async choose(side) {
    while (side === "merge" && this.words !== this.sent && navigator.onLine) await this.send(); // what was typed since joins the merge
    if (!this.clashing) return;
    const { edition, theirs, merge } = this.clashing;
    this.place.replaceChildren();
    this.readAt(edition, this.baseOf(theirs));
    if (side !== "mine") this.fields = side === "theirs" ? theirs : merge;
    this.onFile = JSON.stringify(Object.fromEntries(Object.entries(this.fields).map(([name, value]) => [name, theirs[name] ?? value])));
    this.box.querySelector("textarea").focus();
    this.clashing = null;
    if (this.isDirty) return this.send();
    drawer.empty(this.key);
    this.say("La réponse enregistrée est gardée.");
  }

  stop(sentence) {
    this.stopped = true;
    this.unconfirmed = [];
    this.say(`Non enregistré : ${sentence}`, true);
    const copied = element("span", "", { className: "fr-text--sm" });
    const copy = small("Copier mon texte", { onclick: async () => { await navigator.clipboard.writeText(textsOf(this.fields)); copied.textContent = "Copié."; } });
    this.helpWith(element("p", "Votre texte reste dans le formulaire et dans ce navigateur."), copy, copied);
  }

  fail(sentence) {
    this.say(`Non enregistré : ${sentence}`, true);
    this.helpWith(small("Réessayer", { onclick: () => this.send() }));
    this.sendIn(RETRIES[Math.min(this.failures++, RETRIES.length - 1)]);
  }

  /* The session ended, or was opened again elsewhere: a fresh token is enough if it is the same person. */
  async signIn(status) {
    const found = await ask(this.url, { headers: { Accept: "application/json" } });
    if (found.status === 200 && String(found.data.person) === this.person) {
      for (const input of document.querySelectorAll("[name=csrfmiddlewaretoken]")) input.value = found.data.token;
      return this.fail("la page avait vieilli. Nouvel essai automatique.");
    }
    this.isOut = true;
    const other = found.status === 200 || found.status === 404;
    this.say(`Non enregistré : ${other ? "une autre personne est connectée dans ce navigateur" : "votre session a expiré"}. Votre texte est gardé.`, true);
    const link = element("a", "Se reconnecter dans un nouvel onglet", { href: this.login, target: "_blank", rel: "noopener", className: "fr-link" });
    this.helpWith(link, small("Réessayer", { onclick: () => this.send() }));
  }

  say(text, isBad = false) {
    if (this.status.textContent !== text) this.status.textContent = text;
    this.status.classList.toggle("house-saves__status--bad", isBad);
  }

  helpWith(...parts) {
    this.help.replaceChildren(...this.notice, ...parts);
    this.help.hidden = !this.help.hasChildNodes();
  }
}

async function ask(url, options) {
  try {
    const response = await fetch(url, { ...options, credentials: "same-origin", signal: AbortSignal.timeout(PATIENCE) });
    return { status: response.status, data: await response.json().catch(() => ({})) };
  } catch {
    return { status: 0, data: {} };
  }
}

/* The state of the criterion and what remains to do, where the page shows them. */
function show(code, { badge, missing }) {
  const mark = document.querySelector(`[data-state="${code}"]`);
  if (mark) mark.innerHTML = badge;
  const rest = document.querySelector(`[data-missing="${code}"]`);
  if (!rest) return;
  rest.hidden = !missing.length;
  rest.querySelector("ul").replaceChildren(...missing.map((sentence) => element("li", sentence)));
}

/* After the dépôt, a text that was never saved is given back to be copied. */
function giveBack(box) {
  const key = keyOf(box.dataset.person, box.dataset.unsent);
  const kept = drawer.read(key);
  if (!kept || !textsOf(kept.fields)) return;
  const area = element("textarea", textsOf(kept.fields), { id: `garde-${box.dataset.unsent}`, className: "fr-input", rows: 6, readOnly: true });
  const label = element("label", "Ce texte n'a jamais été enregistré ; copiez-le si besoin", { htmlFor: area.id, className: "fr-label" });
  const drop = small("L'effacer de ce navigateur", { onclick: () => { drawer.empty(key); box.hidden = true; } });
  box.replaceChildren(label, area, drop);
  box.hidden = false;
}

let leaving = false;
// Without names for its requests (a page that is not served safely), nothing is saved before one asks for it.
const boxes = crypto.randomUUID ? document.querySelectorAll("[data-autosave]") : [];
const answers = [...boxes].map((box) => new Answer(box));
document.querySelectorAll("[data-unsent]").forEach(giveBack);

/* A button of the form saves the same way first: it never competes with a request that is on its way. */
for (const form of new Set(answers.map(({ box }) => box.closest("form")))) {
  form.addEventListener("submit", async (event) => {
    const waiting = answers.filter((answer) => form.contains(answer.box) && answer.isWaiting && answer.refusedWords !== answer.words);
    if (!waiting.length) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    for (const answer of waiting) {
      await answer.send();
      if (answer.isWaiting && !answer.running) await answer.send();
    }
    const held = waiting.find((answer) => answer.isWaiting && answer.refusedWords !== answer.words);
    if (held) held.place.querySelector("[data-clash]")?.focus();
    else form.requestSubmit(event.submitter);
  });
  form.addEventListener("submit", () => { leaving = true; });
}

const sendAll = (which) => answers.filter(which).forEach((answer) => answer.send());
window.addEventListener("online", () => sendAll((answer) => answer.isWaiting));
window.addEventListener("focus", () => sendAll((answer) => answer.isWaiting && answer.isOut));
document.addEventListener("visibilitychange", () => sendAll((answer) => answer.isWaiting && (document.hidden ? !answer.clashing : answer.isOut)));
window.addEventListener("beforeunload", (event) => {
  if (!leaving && answers.some((answer) => answer.isWaiting)) event.preventDefault();
});
