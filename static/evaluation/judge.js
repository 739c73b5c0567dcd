/* The judging page by keyboard, and what is typed kept as one goes. Everything works without this file: buttons and
   links do the same, and the server alone decides what is written. */
const PAUSE = 900; // ms without typing before a draft is sent
const RETRY = 15_000; // ms before a new try
const CHORD = 1_500; // ms between « p » and the number of a proof
const FIELDS = ["value", "motive", "expected", "private_note"];

const desk = document.querySelector("[data-desk]");
const form = document.querySelector("form[data-draft]");

/* What this browser keeps of a text until the server has it. A browser that keeps nothing still sends it. */
const drawer = {
  key: form && `verdict:${form.dataset.person}:${form.dataset.draft}`,
  read() {
    try { return JSON.parse(localStorage.getItem(this.key)); } catch { return null; }
  },
  write(record) {
    try { localStorage.setItem(this.key, JSON.stringify(record)); } catch { /* full or forbidden */ }
  },
  empty() {
    try { localStorage.removeItem(this.key); } catch { /* forbidden */ }
  },
};

const draft = {
  sent: "",
  timer: 0,
  leaving: false,

  get typed() { return Object.fromEntries(FIELDS.map((name) => [name, form.elements[name].value])); },
  get words() { return JSON.stringify(this.typed); },

  start() {
    this.first = this.sent = this.words;
    this.restore();
    form.addEventListener("input", () => this.changed());
    form.addEventListener("submit", (event) => this.submitted(event));
    window.addEventListener("online", () => this.send());
    document.addEventListener("visibilitychange", () => { if (document.hidden) this.send(); });
  },

  /* What the server never received: the session had ended, or the network was away. */
  restore() {
    const kept = drawer.read();
    if (!kept) return;
    if (JSON.stringify(kept.typed) === this.words || kept.edition !== form.elements.edition.value) return drawer.empty();
    const before = this.typed;
    this.fill(kept.typed);
    const moment = new Date(kept.at).toLocaleString("fr-FR", { dateStyle: "long", timeStyle: "short" });
    this.help(`Votre texte du ${moment} n'avait pas été gardé : le voici remis.`, "Revenir à ce qui était affiché", () => {
      this.fill(before);
      this.help();
      this.changed();
    });
    this.changed();
  },

  fill(typed) {
    for (const name of FIELDS) form.elements[name].value = typed[name] ?? "";
    if (!typed.value) for (const radio of form.elements.value) radio.checked = false;
  },

  changed() {
    drawer.write({ typed: this.typed, edition: form.elements.edition.value, at: Date.now() });
    this.sendIn(PAUSE);
  },

  sendIn(delay) {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.send(), delay);
  },

  async send() {
    clearTimeout(this.timer);
    const words = this.words;
    if (this.leaving || this.running || words === this.sent) return;
    this.running = new AbortController();
    const status = await this.post(this.running.signal);
    this.running = null;
    if (this.leaving) return;
    if (status.ok) this.sent = words;
    this.heard(status, words);
  },

  async post(signal) {
    const body = new FormData(form);
    try {
      const answer = await fetch(form.dataset.draft, { method: "POST", body, signal, redirect: "manual", headers: { Accept: "application/json" } });
      const data = answer.headers.get("Content-Type")?.startsWith("application/json") ? await answer.json() : {};
      return { ok: answer.ok, code: answer.type === "opaqueredirect" ? 401 : answer.status, data };
    } catch {
      return { ok: false, code: 0, data: {} };
    }
  },

  heard({ ok, code, data }, words) {
    if (ok) {
      if (this.words === words) drawer.empty(); else this.sendIn(PAUSE);
      this.help();
      return this.say(`Brouillon gardé à ${data.at}`);
    }
    if (code === 409 || code === 422) return this.say(`Brouillon non gardé : ${data.sentence}`);
    if (code === 404) return this.say("Brouillon non gardé : vous n'avez plus accès à ce critère. Votre texte reste ici et dans ce navigateur : copiez-le.");
    if (code === 401 || code === 403) return this.signIn();
    this.say("Brouillon non gardé : la connexion est interrompue. Votre texte est gardé dans ce navigateur ; nouvel essai automatique.");
    this.sendIn(RETRY);
  },

  signIn() {
    this.say("Brouillon non gardé : votre session a expiré. Votre texte est gardé dans ce navigateur.");
    const link = Object.assign(document.createElement("a"), { href: form.dataset.login, target: "_blank", rel: "noopener", className: "fr-link", textContent: "Se reconnecter dans un nouvel onglet" });
    form.querySelector("[data-help]").replaceChildren(link, " puis rechargez cette page : votre texte y reviendra.");
  },

  say(sentence) { form.querySelector("[role=status]").textContent = sentence; },

  help(sentence = "", label = "", action = null) {
    const place = form.querySelector("[data-help]");
    if (!sentence) return place.replaceChildren();
    const button = Object.assign(document.createElement("button"), { type: "button", className: "fr-btn fr-btn--sm fr-btn--tertiary", textContent: label, onclick: action });
    place.replaceChildren(Object.assign(document.createElement("p"), { textContent: sentence, className: "fr-text--sm fr-mb-1v" }), button);
  },

  /* A page that leaves sends no draft after its verdict. The drawer is kept until the next page: the network may fail. */
  submitted(event) {
    if (event.submitter?.matches("[name=insert]")) return;
    this.leaving = true;
    this.running?.abort();
    if (event.submitter?.matches("[data-forget]")) drawer.empty();
  },
};

/* A proposed motive goes in without leaving the page. */
const insert = (button) => {
  const add = (name, text) => {
    const field = form.elements[name];
    if (!text || field.value.includes(text)) return;
    field.value = field.value.trim() ? `${field.value.trimEnd()}\n${text}` : text;
  };
  add("motive", button.dataset.motive);
  if (form.elements.value.value === "complement_needed") add("expected", button.dataset.complement);
  draft.changed();
  draft.say("La phrase est ajoutée au motif.");
  form.elements.motive.focus();
};

const proofs = [...document.querySelectorAll("[data-proof]")];
const openProof = (number) => {
  const wanted = proofs.find((proof) => proof.dataset.proof === String(number));
  if (!wanted) return;
  wanted.open = true;
  wanted.querySelector("summary").focus();
  wanted.scrollIntoView({ block: "nearest" });
};
const nextProof = () => openProof((proofs.findIndex((proof) => proof.open) + 1) % proofs.length + 1);

let chord = 0; // the moment until which a number names a proof
/* The digit of a key, whatever the layout: on an AZERTY keyboard the row of digits gives « & é " ' ». */
const digitOf = (event) => (event.code.match(/^(?:Digit|Numpad)(\d)$/) ?? [])[1];

const press = (event) => {
  const digit = digitOf(event);
  const isChord = Date.now() < chord;
  chord = 0;
  if (isChord && digit) return openProof(Number(digit));
  if (event.key === "p" && proofs.length) {
    if (isChord) return nextProof();
    chord = Date.now() + CHORD;
    return document.querySelector("#preuves").focus();
  }
  if (digit && form) {
    const radio = form.elements.value[Number(digit) - 1];
    if (!radio) return false;
    radio.focus();
    return radio.click();
  }
  if (event.key === "m" && form) return form.elements.motive.focus();
  if (event.key === "c" && form) return form.elements.expected.focus();
  return follow(document.querySelector(`[data-key="${CSS.escape(event.key)}"]`));
};

const follow = (target) => {
  if (!target) return false;
  if (target.matches("summary")) {
    target.focus();
    target.parentElement.open = !target.parentElement.open;
    target.scrollIntoView({ block: "nearest" });
  } else target.click();
};

const isTyping = (target) => target.matches("textarea, select, [contenteditable], input:not([type=radio], [type=checkbox], [type=button], [type=submit])");

document.addEventListener("keydown", (event) => {
  if (event.defaultPrevented || event.isComposing) return;
  if (form && event.key === "Enter" && (event.ctrlKey || event.metaKey) && form.contains(event.target)) {
    event.preventDefault();
    return form.querySelector("[data-key=e]").click();
  }
  if (event.key === "Escape" && isTyping(event.target) && form?.contains(event.target)) return document.querySelector("#verdict").focus();
  if (!desk.dataset.shortcuts || event.ctrlKey || event.metaKey || event.altKey || event.repeat || isTyping(event.target)) return;
  if (press(event) !== false) event.preventDefault();
});

if (form) {
  draft.start();
  form.addEventListener("click", (event) => {
    const button = event.target.closest("[name=insert]");
    if (!button) return;
    event.preventDefault();
    insert(button);
  });
}

/* The current criterion is in sight in its list. */
const list = document.querySelector(".house-desk__list");
const current = list?.querySelector("[aria-current=page]");
if (current && list.scrollHeight > list.clientHeight) list.scrollTop = current.offsetTop - list.clientHeight / 2;
