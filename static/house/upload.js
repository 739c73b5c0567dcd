/* Big files go by pieces (tus 1.0): what a cut connection has interrupted goes on from where it was, even after the
   page was closed. Without this file the form sends its files whole. */
const PIECE = 8 * 1024 * 1024;
const RETRIES = [0, 1000, 3000, 5000, 10000, 20000, 30000];
const UNITS = ["octets", "ko", "Mo", "Go"];

const weight = (bytes) => {
  let rank = 0;
  let amount = bytes;
  for (; amount >= 1024 && rank < UNITS.length - 1; rank += 1) amount /= 1024;
  return `${amount.toLocaleString("fr-FR", { maximumFractionDigits: rank ? 1 : 0 })}\u00a0${UNITS[rank]}`;
};

const element = (tag, className, text = "") => {
  const made = document.createElement(tag);
  made.className = className;
  made.textContent = text;
  return made;
};

/* The same sentences as the server, before a byte is sent. */
const refusal = (file, accepted, max) => {
  const extension = `.${file.name.split(".").pop().toLowerCase()}`;
  if (!accepted.includes(extension)) {
    const names = accepted.map((one) => one.slice(1).toUpperCase()).join(", ");
    return `Le fichier « ${file.name} » n'est pas d'un format accepté (${names}).`;
  }
  if (!file.size) return `Le fichier « ${file.name} » est vide.`;
  if (file.size > max) return `Le fichier « ${file.name} » pèse ${weight(file.size)} : la limite est de ${weight(max)}.`;
  return "";
};

class Sending {
  /* One file on its way: its line in the list, its buttons, and the key that the form will give. */
  constructor(box, file) {
    this.box = box;
    this.file = file;
    this.state = "sending";
    this.line = element("li", "house-upload__item");
    this.said = element("p", "house-upload__said");
    this.progress = element("progress", "");
    this.progress.max = 100;
    this.progress.value = 0;
    this.progress.setAttribute("aria-label", `Envoi de ${file.name}`);
    this.pause = this.button("Mettre en pause", () => (this.state === "sending" ? this.hold() : this.go()));
    const buttons = element("div", "house-upload__buttons");
    buttons.append(this.pause, this.button("Retirer", () => this.remove()));
    this.line.append(element("span", "house-upload__name", `${file.name} (${weight(file.size)})`), buttons);
    this.line.append(this.progress, this.said);
    box.list.append(this.line);
    box.list.hidden = false;
  }

  button(label, action) {
    const made = element("button", "fr-btn fr-btn--tertiary fr-btn--sm", label);
    made.type = "button";
    made.append(element("span", "fr-sr-only", ` ${this.file.name}`));
    made.addEventListener("click", action);
    return made;
  }

  say(text, aloud = true) {
    this.said.textContent = text;
    if (aloud) this.box.status.textContent = `${this.file.name} : ${text}`;
  }

  relabel(label) {
    this.pause.firstChild.textContent = label;
  }

  async start() {
    const token = this.box.form.querySelector("[name=csrfmiddlewaretoken]").value;
    this.upload = new window.tus.Upload(this.file, {
      endpoint: this.box.address,
      chunkSize: PIECE,
      retryDelays: RETRIES,
      removeFingerprintOnSuccess: true,
      metadata: { filename: this.file.name },
      headers: { "X-CSRFToken": token },
      onProgress: (sent, total) => this.show(sent, total),
      onError: (error) => this.fail(error),
      onSuccess: () => this.arrive(),
    });
    const [previous] = await this.upload.findPreviousUploads();
    if (previous) this.upload.resumeFromPreviousUpload(previous);
    this.say(previous ? "l'envoi reprend où il en était." : "envoi en cours.");
    this.upload.start();
  }

  show(sent, total) {
    this.progress.value = (100 * sent) / total;
    this.say(`${Math.floor((100 * sent) / total)} % — ${weight(sent)} sur ${weight(total)}`, false);
  }

  hold() {
    this.state = "held";
    this.upload.abort();
    this.relabel("Reprendre");
    this.say("envoi en pause.");
  }

  go() {
    this.state = "sending";
    this.relabel("Mettre en pause");
    this.say("l'envoi reprend où il en était.");
    this.upload.start();
  }

  fail(error) {
    const answer = error.originalResponse;
    const status = answer ? answer.getStatus() : 0;
    const isOurs = answer && (answer.getHeader("Content-Type") || "").startsWith("text/plain");
    if (status >= 400 && status < 500 && status !== 409 && isOurs && answer.getBody()) {
      this.refuse(answer.getBody());
      return;
    }
    this.state = "cut";
    this.relabel("Reprendre");
    this.say(
      status && status < 400
        ? "votre session a expiré : reconnectez-vous dans un autre onglet, puis reprenez l'envoi."
        : "la connexion est coupée ; l'envoi reprendra où il en était.",
    );
  }

  refuse(sentence) {
    this.state = "refused";
    this.line.classList.add("house-upload__item--refused");
    this.progress.hidden = true;
    this.pause.hidden = true;
    this.say(sentence);
    this.box.settle();
  }

  arrive() {
    this.state = "arrived";
    this.pause.hidden = true;
    this.progress.value = 100;
    this.key = element("input", "");
    this.key.type = "hidden";
    this.key.name = this.box.name;
    this.key.value = this.upload.url.replace(/\/$/, "").split("/").pop();
    this.line.append(this.key);
    this.say("envoyé ; il reste à déposer le formulaire.");
    this.box.settle();
  }

  remove() {
    const known = this.upload && this.upload.url;
    if (known) this.upload.abort(true).catch(() => {});
    this.box.forget(this);
    this.line.remove();
    this.box.status.textContent = `${this.file.name} : retiré.`;
  }
}

class Box {
  constructor(root) {
    this.input = root.querySelector("input[type=file]");
    this.list = root.querySelector(".house-upload__list");
    this.status = root.querySelector(".house-upload__status");
    this.form = root.closest("form");
    this.address = root.dataset.upload;
    this.name = root.dataset.name;
    this.max = Number(root.dataset.max);
    this.sendings = [];
    this.submitter = null;
    this.input.addEventListener("change", () => this.take([...this.input.files]));
    this.form.addEventListener("submit", (event) => this.check(event));
    window.addEventListener("online", () => this.sendings.filter((one) => one.state === "cut").forEach((one) => one.go()));
    window.addEventListener("beforeunload", (event) => {
      if (this.isBusy()) event.preventDefault();
    });
    this.recall();
  }

  isBusy() {
    return this.sendings.some((one) => ["sending", "held", "cut"].includes(one.state));
  }

  take(files) {
    this.input.value = ""; // they travel by pieces, the form will only give their keys
    if (!this.input.multiple) [...this.sendings].forEach((one) => one.remove());
    for (const file of files) {
      const sending = new Sending(this, file);
      this.sendings.push(sending);
      const sentence = refusal(file, this.input.accept.split(","), this.max);
      if (sentence) sending.refuse(sentence);
      else sending.start();
    }
  }

  forget(sending) {
    this.sendings = this.sendings.filter((one) => one !== sending);
    this.list.hidden = !this.sendings.length;
    this.settle();
  }

  check(event) {
    if (!this.isBusy()) return;
    event.preventDefault();
    event.stopPropagation();
    this.submitter = event.submitter;
    for (const one of this.sendings) {
      if (one.state === "held") one.go();
      if (one.state !== "arrived") one.say("le formulaire partira dès que ce fichier sera arrivé.");
    }
  }

  /* Send the form that waited for its last file, unless one of them was refused. */
  settle() {
    if (!this.submitter || this.isBusy()) return;
    const submitter = this.submitter;
    this.submitter = null;
    if (!this.sendings.some((one) => one.state === "refused")) this.form.requestSubmit(submitter);
  }

  /* What a former visit left half-way: its file must be chosen again, the page cannot reach it. */
  async recall() {
    const known = await window.tus.defaultOptions.urlStorage.findAllUploads();
    const names = known.filter((one) => (one.uploadUrl || "").includes(this.address)).map((one) => one.metadata.filename);
    if (!names.length) return;
    const sentence = `Envoi interrompu : ${names.map((name) => `« ${name} »`).join(", ")}. Choisissez de nouveau ce fichier, l'envoi reprendra où il en était.`;
    this.list.before(element("p", "fr-text--sm fr-mt-1w", sentence));
  }
}

if (window.tus && window.tus.isSupported) document.querySelectorAll("[data-upload]").forEach((root) => new Box(root));
