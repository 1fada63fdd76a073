/* Passkeys: ask the browser, and send its answer as the form that it stands in.
   Without this file the forms stay hidden, and passphrases and codes serve. */
(function () {
  "use strict";
  const asks = window.PublicKeyCredential;
  if (!asks || !asks.parseRequestOptionsFromJSON || !asks.parseCreationOptionsFromJSON) return;

  async function credential(form) {
    const body = new FormData();
    body.set("csrfmiddlewaretoken", form.elements.csrfmiddlewaretoken.value);
    const sent = await fetch(form.dataset.passkey, { method: "POST", body: body });
    if (!sent.ok) throw new Error(sent.status);
    const asked = (await sent.json()).publicKey;
    return asked.user
      ? navigator.credentials.create({ publicKey: asks.parseCreationOptionsFromJSON(asked) })
      : navigator.credentials.get({ publicKey: asks.parseRequestOptionsFromJSON(asked) });
  }

  document.querySelectorAll("form[data-passkey]").forEach(function (form) {
    const said = form.querySelector("[data-said]");
    form.hidden = false;
    form.addEventListener("submit", async function (event) {
      event.preventDefault();
      said.hidden = true;
      try {
        form.elements.credential.value = JSON.stringify(await credential(form));
        HTMLFormElement.prototype.submit.call(form);  // a field may be called submit
      } catch {
        said.hidden = false;
      }
    });
  });
})();
