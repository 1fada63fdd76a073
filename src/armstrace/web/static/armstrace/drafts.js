/* A recovery that cannot be sent is kept in this browser and sent later.
   Without this file the form is sent as any other. */
(function () {
  "use strict";

  const notes = document.getElementById("drafts");
  if (!notes) return;
  const { who, address } = notes.dataset;
  const SIGNS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
  let isSending = false;
  let opened = "";

  // The form without what was typed, and without what a look-up handed over: that belongs to one arm only.
  const blank = document.getElementById("recording")?.cloneNode(true);
  if (blank) {
    blank.querySelector("form").reset();
    new URLSearchParams(window.location.search).forEach(function (_value, name) {
      blank.querySelectorAll(`[name="${CSS.escape(name)}"]`).forEach((box) => box.setAttribute("value", ""));
    });
  }

  function drafts(mode, act) {
    return new Promise(function (done, failed) {
      const opening = indexedDB.open("armstrace", 1);
      opening.onupgradeneeded = () => opening.result.createObjectStore("drafts", { keyPath: "number" });
      opening.onerror = () => failed(opening.error);
      opening.onsuccess = function () {
        const asked = act(opening.result.transaction("drafts", mode).objectStore("drafts"));
        asked.onsuccess = () => { opening.result.close(); done(asked.result); };
        asked.onerror = () => { opening.result.close(); failed(asked.error); };
      };
    });
  }
  const keep = (draft) => drafts("readwrite", (all) => all.put(draft));
  const discard = (number) => drafts("readwrite", (all) => all.delete(number));
  const kept = () => drafts("readonly", (all) => all.getAll()).then((all) => all.filter((one) => one.who === who));

  function say(what, number, leadsTo) {
    const before = notes.querySelector(`[data-of="${number}"]`);
    if (before) before.remove();
    if (!what) return;
    const note = notes.querySelector(`[data-say="${what}"]`).content.firstElementChild.cloneNode(true);
    note.dataset.of = number;
    note.querySelectorAll("[data-number]").forEach((place) => { place.textContent = number; });
    note.querySelectorAll("a[data-do=open]").forEach((link) => { link.href = leadsTo || `${address}?draft=${number}`; });
    note.querySelectorAll("button[data-do]").forEach((button) => {
      button.addEventListener("click", () => acts[button.dataset.do](number));
    });
    notes.append(note);
  }

  async function post(entries) {
    const body = new FormData();
    entries.forEach(([name, value]) => body.append(name, value));
    body.set("csrfmiddlewaretoken", document.querySelector("[name=csrfmiddlewaretoken]").value);
    const answer = await fetch(address, { method: "POST", body, headers: { "HX-Request": "true" } });
    if (answer.status >= 500) throw new Error("no answer");
    return answer;
  }
  const isSignedOut = (answer) => answer.redirected && new URL(answer.url).pathname.startsWith("/sign-in/");

  // The form as the server gives it back; photographs that were chosen stay chosen.
  async function show(answer, files) {
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const recording = page.getElementById("recording") || page.getElementById("page");
    document.getElementById("recording").replaceChildren(...recording.childNodes);
    const box = document.querySelector("#recording input[type=file]");
    if (box && files.length) {
      const chosen = new DataTransfer();
      files.forEach((file) => chosen.items.add(file));
      box.files = chosen.files;
    }
    watch();
    window.scrollTo(0, 0);
  }

  // What is kept leaves the form, so that the next arm never takes its place.
  async function keepInstead(draft) {
    await keep(draft);
    if (opened && opened !== draft.number) {
      await discard(opened);
      say("", opened);
    }
    begin();
  }

  function begin() {
    opened = "";
    const chosen = crypto.getRandomValues(new Uint8Array(6));
    const day = new Date(Date.now() - new Date().getTimezoneOffset() * 60000).toISOString().slice(2, 10);
    const number = `${day.replaceAll("-", "")}-${[...chosen].map((one) => SIGNS[one % SIGNS.length]).join("")}`;
    document.getElementById("recording").replaceChildren(...blank.cloneNode(true).childNodes);
    const form = document.querySelector("form[data-draft]");
    form.elements.given.value = number;
    form.querySelector("[data-number]").textContent = number;
    watch();
  }

  async function sendForm(form) {
    const entries = [...new FormData(form).entries()].filter(([name]) => name !== "csrfmiddlewaretoken");
    const draft = { number: form.elements.given.value, who, entries };
    const button = form.querySelector("[type=submit]");
    button.disabled = true;
    try {
      const answer = await post(entries);
      const leadsTo = answer.headers.get("HX-Redirect");
      if (leadsTo) {
        await Promise.all([draft.number, opened].map(discard)).catch(() => null);
        window.location.assign(leadsTo);
      } else if (isSignedOut(answer)) {
        await keepInstead(draft);
        say("signed out", draft.number);
      } else {
        await show(answer, entries.filter(([, value]) => value instanceof File && value.size).map(([, file]) => file));
      }
    } catch {
      await keepInstead(draft).then(() => say("kept", draft.number), () => say("lost", draft.number));
      notes.scrollIntoView();
    }
    button.disabled = false;
  }

  async function sendKept() {
    if (isSending) return;
    isSending = true;
    for (const draft of await kept().catch(() => [])) {
      if (draft.isRefused) {
        say("refused", draft.number);
        continue;
      }
      try {
        const answer = await post(draft.entries);
        const leadsTo = answer.headers.get("HX-Redirect");
        if (leadsTo) {
          await discard(draft.number);
          say("sent", draft.number, leadsTo);
        } else if (isSignedOut(answer)) {
          say("signed out", draft.number);
        } else {
          await keep({ ...draft, isRefused: true });
          say("refused", draft.number);
        }
      } catch {
        say("kept", draft.number);
      }
    }
    isSending = false;
  }

  // A draft that was refused is opened as the server gives it back.
  async function openAsked() {
    const asked = new URLSearchParams(window.location.search).get("draft");
    const draft = asked && (await kept()).find((one) => one.number === asked);
    if (!draft) return;
    const form = document.querySelector("form[data-draft]");
    const answer = await post(draft.entries).catch(() => null);
    if (answer && answer.headers.get("HX-Redirect")) {
      await discard(asked);
      say("sent", asked, answer.headers.get("HX-Redirect"));
    } else if (form && answer && !isSignedOut(answer)) {
      opened = asked;
      await show(answer, draft.entries.map(([, value]) => value).filter((value) => value instanceof File && value.size));
    }
  }

  const acts = {
    send: () => sendKept(),
    discard: (number) => discard(number).then(() => say("", number)),
    another: () => document.querySelector("form[data-draft]")?.scrollIntoView(),
  };

  function watch() {
    document.querySelectorAll("form[data-draft]").forEach(function (form) {
      form.addEventListener("submit", function (event) {
        event.preventDefault();
        sendForm(form);
      });
    });
  }

  watch();
  window.addEventListener("online", sendKept);
  openAsked().catch(() => null).then(sendKept);
})();
