/* The bench: the light moves as it is dragged, and rings are drawn by hand.
   Every page works without this file: both are forms. */
(function () {
  "use strict";

  // A moved light asks for the pictures anew, at most one request a picture at a time.
  document.querySelectorAll("form[data-light]").forEach(function (form) {
    let waiting = 0;
    form.addEventListener("input", function () {
      window.clearTimeout(waiting);
      waiting = window.setTimeout(light, 120);
    });
    function light() {
      const where = new URLSearchParams(new FormData(form));
      document.querySelectorAll("[data-lit]").forEach(function (picture) {
        const name = picture.tagName === "IMG" ? "src" : "href";
        const address = new URL(picture.getAttribute(name), window.location.href);
        where.forEach(function (value, key) { address.searchParams.set(key, value); });
        picture.setAttribute(name, address.pathname + address.search);
      });
    }
  });

  // The space bar changes the two marks over wherever nothing else takes it.
  const flicker = document.getElementById("flicker");
  if (flicker) document.addEventListener("keydown", function (event) {
    const taken = "input, select, textarea, button, a, summary, [contenteditable]";
    if (event.key !== " " || event.target.closest(taken)) return;
    event.preventDefault();
    flicker.checked = !flicker.checked;
  });

  const drawing = document.querySelector("[data-region]");
  if (!drawing) return;
  const fields = {};
  document.querySelectorAll("[data-ring]").forEach(function (field) {
    fields[field.dataset.ring] = field;
    field.addEventListener("input", draw);
  });

  function ring(name) { return 1000 * (parseFloat(fields[name].value) || 0); }

  function put(name, um) { fields[name].value = (um / 1000).toFixed(3); }

  function draw() {
    drawing.querySelectorAll(".ring circle").forEach(function (circle) {
      circle.setAttribute("cx", ring("centre_x"));
      circle.setAttribute("cy", ring("centre_y"));
      const kind = circle.classList.contains("pin") ? "pin" : "outer";
      circle.setAttribute("r", Math.max(0, ring(kind)));
    });
  }

  function place(event) {
    const point = new DOMPoint(event.clientX, event.clientY);
    return point.matrixTransform(drawing.getScreenCTM().inverse());
  }

  // What is taken hold of: a circle within a thirtieth of the picture, or the whole.
  let held = "";
  let from = null;
  drawing.addEventListener("pointerdown", function (event) {
    const at = place(event);
    const radius = Math.hypot(at.x - ring("centre_x"), at.y - ring("centre_y"));
    const near = drawing.viewBox.baseVal.width / 30;
    held = "centre";
    if (Math.abs(radius - ring("outer")) < near) held = "outer";
    else if (Math.abs(radius - ring("pin")) < near) held = "pin";
    from = { x: at.x - ring("centre_x"), y: at.y - ring("centre_y") };
    if (held === "centre" && radius > ring("outer")) from = { x: 0, y: 0 };
    drawing.setPointerCapture(event.pointerId);
    move(event);
  });
  drawing.addEventListener("pointermove", move);
  ["pointerup", "pointercancel"].forEach(function (name) {
    drawing.addEventListener(name, function () { held = ""; });
  });

  function move(event) {
    if (!held) return;
    const at = place(event);
    if (held === "centre") {
      put("centre_x", at.x - from.x);
      put("centre_y", at.y - from.y);
    } else {
      put(held, Math.hypot(at.x - ring("centre_x"), at.y - ring("centre_y")));
    }
    draw();
  }
})();
