// What the page does beyond htmx: the keyboard, files, the theme, and where to scroll. Words come from the server.

const byId = (id) => document.getElementById(id);
const talk = byId("talk");
const text = byId("text");
const upload = byId("upload");

// --- Composer ---------------------------------------------------------------------------------------------------

/** Where ↑ is among the sent texts, counted from the newest; -1 while the person writes their own. */
let recalled = -1;

function sentTexts() {
  return [...document.querySelectorAll("[data-said]")].map((said) => said.textContent).reverse();
}

function grow() {
  text.style.height = "auto";
  text.style.height = `${text.scrollHeight}px`;
}

function recall(step) {
  const sent = sentTexts();
  recalled = Math.max(-1, Math.min(sent.length - 1, recalled + step));
  text.value = sent[recalled] ?? "";
  grow();
}

text?.addEventListener("input", () => {
  recalled = -1;
  grow();
});

text?.addEventListener("keydown", (event) => {
  if (event.isComposing) return;
  if (event.key === "Enter" && !event.shiftKey) {
    event.preventDefault();
    text.form.requestSubmit();
  } else if (event.key === "ArrowUp" && (text.value === "" || recalled >= 0)) {
    event.preventDefault();
    recall(1);
  } else if (event.key === "ArrowDown" && recalled >= 0) {
    event.preventDefault();
    recall(-1);
  }
});

document.addEventListener("keydown", (event) => {
  const typing = event.target.closest("input, textarea, select");
  if (event.key === "/" && !typing && !event.ctrlKey && !event.metaKey && !event.altKey && text) {
    event.preventDefault();
    text.focus();
  }
  if (event.key === "Escape" && byId("attach")?.open) {
    byId("attach").open = false;
    text.focus();
  }
});

// --- Requests ---------------------------------------------------------------------------------------------------

document.addEventListener("htmx:config:request", ({ detail: { ctx } }) => {
  if (ctx.request.method !== "POST") return;
  // The browser may repeat a request whose connection broke; the id lets the server take it once.
  ctx.request.headers["X-Event"] = crypto.randomUUID();
  if (ctx.file) {
    ctx.request.body = ctx.file;
    ctx.request.headers["X-File-Name"] = encodeURIComponent(ctx.file.name);
    ctx.request.headers["X-Client"] = encodeURIComponent(byId("client").value.trim());
  } else if (ctx.sourceElement === text?.form && ctx.request.submitter?.name !== "command") {
    // The values are in the request by now; a draft that could not be sent comes back.
    ctx.draft = text.value;
    text.value = "";
    recalled = -1;
    grow();
  }
});

document.addEventListener("htmx:after:swap", showNewest);
document.addEventListener("htmx:error", ({ detail: { ctx } }) => {
  // Whoever is not asking anything need not read every few seconds that the service is away.
  if (ctx?.request?.action?.endsWith("/inbox")) return;
  notice(document.body.dataset.unreachable);
  if (ctx?.draft && text.value === "") {
    text.value = ctx.draft;
    grow();
  }
});
document.addEventListener("htmx:sse:error", () => {
  for (const entry of document.querySelectorAll(".working")) entry.remove();
  notice(document.body.dataset.unreachable);
});

function notice(words) {
  const entry = byId("notice").content.cloneNode(true);
  entry.querySelector(".text").textContent = words;
  talk.append(entry);
  showNewest();
}

/** Shows the end of the talk; of an answer taller than the window, its beginning with the question above it. */
function showNewest() {
  const newest = talk?.lastElementChild;
  if (!newest) return;
  const question = newest.previousElementSibling ?? newest;
  const tall = newest.offsetHeight + question.offsetHeight > talk.clientHeight;
  talk.scrollTo({
    top: tall ? question.offsetTop - talk.offsetTop - 8 : talk.scrollHeight,
    behavior: "auto",
  });
}

// --- Files ------------------------------------------------------------------------------------------------------

function send(files) {
  byId("attach").open = false;
  for (const file of files) {
    if (file.size > Number(upload.dataset.maxBytes)) notice(document.body.dataset.tooLarge);
    else htmx.ajax("POST", "/upload", { source: upload, target: talk, swap: "beforeend", file });
  }
}

byId("files")?.addEventListener("change", ({ target }) => {
  send([...target.files]);
  target.value = "";
});

const carriesFiles = (event) => upload && [...(event.dataTransfer?.types ?? [])].includes("Files");

document.addEventListener("dragover", (event) => {
  if (!carriesFiles(event)) return;
  event.preventDefault();
  byId("drop").hidden = false;
});

document.addEventListener("dragleave", (event) => {
  // Only a leave without a next element leaves the window.
  if (event.relatedTarget === null) byId("drop").hidden = true;
});

document.addEventListener("drop", (event) => {
  byId("drop").hidden = true;
  if (!carriesFiles(event)) return;
  event.preventDefault();
  send([...event.dataTransfer.files]);
});

document.addEventListener("click", (event) => {
  const attach = byId("attach");
  if (attach?.open && !attach.contains(event.target)) attach.open = false;
});

// --- Header and clients -----------------------------------------------------------------------------------------

for (const choice of document.querySelectorAll("select[data-submits]")) {
  choice.addEventListener("change", () => choice.form.requestSubmit());
}

byId("theme").addEventListener("click", () => {
  const root = document.documentElement;
  const dark = root.dataset.theme
    ? root.dataset.theme === "dark"
    : matchMedia("(prefers-color-scheme: dark)").matches;
  root.dataset.theme = dark ? "light" : "dark";
  // biome-ignore lint/suspicious/noDocumentCookie: the server draws the next page in this theme, without a flash
  document.cookie = `carteira_theme=${root.dataset.theme}; path=/; max-age=31536000; samesite=strict`;
});

byId("filter")?.addEventListener("input", ({ target }) => {
  const plain = (words) => words.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();
  for (const item of byId("clients").children) {
    item.hidden = !plain(item.textContent).includes(plain(target.value.trim()));
  }
});

if (document.querySelector(".entry:not(.welcome)")) showNewest();
