/* Codes read by the camera go into the field beside it, one a line where it has lines.
   Without this file the numbers are typed, pasted or sent by a scanner. */
(function () {
  "use strict";
  const KINDS = ["qr_code", "data_matrix", "code_128", "code_39"];

  function load(address) {
    return new Promise(function (done, failed) {
      const script = document.createElement("script");
      script.src = address;
      script.onload = function () { done(window.jsQR); };
      script.onerror = failed;
      document.head.append(script);
    });
  }

  async function reader(address) {
    if (window.BarcodeDetector) {
      const known = await window.BarcodeDetector.getSupportedFormats();
      const formats = KINDS.filter((each) => known.includes(each));
      if (formats.length) {
        const detector = new window.BarcodeDetector({ formats });
        return async (video) => (await detector.detect(video)).map((each) => each.rawValue);
      }
    }
    const jsQR = await load(address);
    const canvas = document.createElement("canvas");
    const drawn = canvas.getContext("2d", { willReadFrequently: true });
    return async function (video) {
      canvas.width = video.videoWidth;
      canvas.height = video.videoHeight;
      drawn.drawImage(video, 0, 0);
      const seen = drawn.getImageData(0, 0, canvas.width, canvas.height);
      const found = jsQR(seen.data, seen.width, seen.height);
      return found && found.data ? [found.data] : [];
    };
  }

  function take(field, text) {
    const isList = field.tagName === "TEXTAREA";
    if (isList && field.value.split("\n").includes(text)) return false;
    if (!isList) field.value = text;
    else field.value += (field.value && !field.value.endsWith("\n") ? "\n" : "") + text;
    field.dispatchEvent(new Event("input", { bubbles: true }));
    return true;
  }

  document.querySelectorAll("[data-scan]").forEach(function (part) {
    const field = document.getElementById(part.dataset.scan);
    const button = part.querySelector("button");
    const video = part.querySelector("video");
    const said = part.querySelector("[role=status]");
    const none = part.querySelector("[data-none]");
    let stream = null;
    part.hidden = false;
    if (!navigator.mediaDevices || !navigator.mediaDevices.getUserMedia) {
      button.hidden = true;
      none.hidden = false;
      return;
    }

    function stop() {
      stream.getTracks().forEach((each) => each.stop());
      stream = null;
      video.hidden = true;
      button.setAttribute("aria-pressed", "false");
    }

    button.addEventListener("click", async function () {
      if (stream) return stop();
      try {
        const read = await reader(part.dataset.reader);
        stream = await navigator.mediaDevices.getUserMedia({ video: { facingMode: "environment" } });
        video.srcObject = stream;
        video.hidden = false;
        button.setAttribute("aria-pressed", "true");
        await video.play();
        while (stream) {
          for (const text of await read(video)) {
            if (stream && take(field, text.trim())) said.textContent = text.trim();
            if (stream && field.tagName !== "TEXTAREA") stop();
          }
          await new Promise((go) => setTimeout(go, 150));
        }
      } catch {
        if (stream) stop();
        none.hidden = false;
      }
    });
  });
})();
