/* The network opens its bundles in place and slides through time.
   Every page works without this file: bundles are links, days are fields. */
(function () {
  "use strict";

  // A link inside a drawing is no HTML link, so its bundle is fetched here.
  document.addEventListener("click", function (event) {
    const link = event.target.closest("#network svg a[data-opens]");
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey || !window.htmx) return;
    event.preventDefault();
    const address = link.getAttribute("href");
    window.htmx.ajax("GET", address, { target: "#network", swap: "outerHTML" }).then(function () {
      window.history.pushState({}, "", address);
    });
  });

  // On a narrow screen a drawing opens on its middle.
  function centre() {
    const frame = document.querySelector("#network .picture");
    if (frame) frame.scrollLeft = (frame.scrollWidth - frame.clientWidth) / 2;
  }
  centre();
  document.addEventListener("htmx:afterSwap", centre);

  const form = document.getElementById("network-filters");
  const days = form && form.querySelector("[data-first]");
  const room = form && form.querySelector(".till");
  if (!days || !room) return;
  const until = form.elements.until;
  const slider = room.querySelector("input");
  const told = room.querySelector("output");
  const DAY = 86400000;
  const first = Date.parse(days.dataset.first);
  slider.max = Math.max(1, Math.round((Date.parse(days.dataset.last) - first) / DAY));
  slider.value = until.value ? Math.round((Date.parse(until.value) - first) / DAY) : slider.max;
  room.hidden = false;
  say();

  function day() { return new Date(first + slider.value * DAY).toISOString().slice(0, 10); }

  function say() { told.textContent = slider.value === slider.max ? "" : day(); }

  slider.addEventListener("input", function () {
    until.value = slider.value === slider.max ? "" : day();
    say();
  });
  slider.addEventListener("change", function () { form.requestSubmit(); });
})();
