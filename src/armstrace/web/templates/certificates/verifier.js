/* Checks certificates with the keys in this page and the lists of trust.js, and asks no network. */
"use strict";
const WORDS = JSON.parse(document.getElementById("words").textContent);
const byId = (id) => document.getElementById(id);
const text = new TextDecoder("utf-8", { fatal: true });
const KEYS = Object.fromEntries(JSON.parse(byId("keys").textContent).map((key) => [key.kid, key]));
let trust = { keys: KEYS, lists: {} };
let shown = null;
let noted = "";

/* ---- base64url, one way to write each text alone ---- */
function decode(part) {
  if (!/^[\w-]+$/.test(part)) throw new Error("signs");
  const raw = atob(part.replace(/-/g, "+").replace(/_/g, "/"));
  const bytes = Uint8Array.from(raw, (sign) => sign.charCodeAt(0));
  const again = btoa(raw).replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");
  if (again !== part) throw new Error("form");
  return bytes;
}

/* ---- Ed25519 (RFC 8032) for browsers whose Web Crypto has none ---- */
const P = 2n ** 255n - 19n;
const L = 2n ** 252n + 27742317777372353535851937790883648493n;
const mod = (a, m = P) => ((a % m) + m) % m;
function power(base, exponent) {
  let result = 1n;
  for (let b = mod(base), e = exponent; e > 0n; e >>= 1n, b = mod(b * b)) if (e & 1n) result = mod(result * b);
  return result;
}
const D = mod(-121665n * power(121666n, P - 2n));
const ROOT = power(2n, (P - 1n) / 4n);
function number(bytes) {
  return bytes.reduceRight((sum, byte) => (sum << 8n) | BigInt(byte), 0n);
}
function point(bytes) {
  const y = number(bytes) & (2n ** 255n - 1n);
  if (y >= P) throw new Error("point");
  const square = mod((y * y - 1n) * power(D * y * y + 1n, P - 2n));
  let x = power(square, (P + 3n) / 8n);
  if (mod(x * x) !== square) x = mod(x * ROOT);
  const sign = BigInt(bytes[31] >> 7);
  if (mod(x * x) !== square || (x === 0n && sign)) throw new Error("point");
  if ((x & 1n) !== sign) x = P - x;
  return [x, y, 1n, mod(x * y)];
}
function add([x, y, z, t], [u, v, w, s]) {
  const a = mod((y - x) * (v - u)), b = mod((y + x) * (v + u));
  const c = mod(2n * D * t * s), d = mod(2n * z * w);
  const e = b - a, f = d - c, g = d + c, h = b + a;
  return [mod(e * f), mod(g * h), mod(f * g), mod(e * h)];
}
function times(p, scalar) {
  let sum = [0n, 1n, 1n, 0n];
  for (let q = p, n = scalar; n > 0n; n >>= 1n, q = add(q, q)) if (n & 1n) sum = add(sum, q);
  return sum;
}
const BASE = point(Uint8Array.from([0x58, ...Array(31).fill(0x66)]));
async function verifyPlainly(publicKey, signature, content) {
  const s = number(signature.slice(32));
  if (s >= L) return false;
  const hashed = new Uint8Array([...signature.slice(0, 32), ...publicKey, ...content]);
  const k = mod(number(new Uint8Array(await crypto.subtle.digest("SHA-512", hashed))), L);
  const [x, y, z] = add(times(BASE, s), times(point(publicKey), L - k));
  const inverse = power(z, P - 2n);
  const found = mod(y * inverse) | ((mod(x * inverse) & 1n) << 255n);
  return found === number(signature.slice(0, 32));
}
async function verify(publicKey, signature, content) {
  if (signature.length !== 64) return false;
  try {
    const key = await crypto.subtle.importKey("raw", publicKey, { name: "Ed25519" }, false, ["verify"]);
    return await crypto.subtle.verify("Ed25519", key, signature, content);
  } catch (error) {
    return verifyPlainly(publicKey, signature, content);
  }
}

/* ---- signed statements ---- */
function keyNamed(token) {
  const parts = token.split(".");
  if (parts.length !== 3) throw new Error("parts");
  parts.forEach(decode);
  const header = JSON.parse(text.decode(decode(parts[0])));
  if (Object.keys(header).sort().join() !== "alg,kid" || header.alg !== "Ed25519") throw new Error("header");
  return header.kid;
}
async function openSigned(token, key) {
  const [header, content, signature] = token.split(".");
  const signed = new TextEncoder().encode(`${header}.${content}`);
  if (!(await verify(decode(key.x), decode(signature), signed))) throw new Error("signature");
  return decode(content);
}
const signedThen = (key, at) => key.nbf <= at && (key.exp === undefined || at <= key.exp);

/* ---- whom to believe ---- */
async function unpack(packed) {
  const stream = new Blob([packed]).stream().pipeThrough(new DecompressionStream("deflate"));
  return new Uint8Array(await new Response(stream).arrayBuffer());
}
async function readList(token, keys) {
  const key = keys[keyNamed(token)];
  const content = await openSigned(token, key);
  const end = content.indexOf(10);
  const head = JSON.parse(text.decode(content.slice(0, end)));
  if (head.iss !== key.iss || !signedThen(key, head.iat)) throw new Error("issuer");
  return { ...head, content: await unpack(content.slice(end + 1)) };
}
/* Keys are those in the page, whoever puts which file beside it; a file brings lists alone. */
async function believe(told) {
  const before = trust.lists;
  const found = { keys: trust.keys, lists: { ...before } };
  const isStrange = told.keys.some(({ kid, x }) => !trust.keys[kid] || trust.keys[kid].x !== x);
  if (isStrange) return "strange";
  const read = await Promise.all(told.lists.map((token) => readList(token, found.keys).catch(() => null)));
  if (!read.length) return "nothing";
  if (read.some((each) => !each)) return "damaged";
  const bits = read.filter((each) => each.of === "bits");
  for (const list of bits) {
    const known = found.lists[list.iss];
    if (!known || known.iat < list.iat) found.lists[list.iss] = list;
  }
  for (const days of read.filter((each) => each.of === "revoked")) {
    const list = found.lists[days.iss];
    if (list && list.iat === days.iat) list.revoked = days.content;
  }
  trust = found;
  const isOlder = bits.some(({ iss, iat }) => before[iss] && before[iss] === found.lists[iss] && iat < before[iss].iat);
  tellTrust();
  return isOlder ? "older" : "taken";
}
const isRevoked = (list, serial) => ((list.content[serial >> 3] || 0) >> (serial & 7)) & 1;
function revokedOn(list, serial) {
  if (!list.revoked) return null;
  let rank = 0;
  for (let each = 0; each < serial; each++) rank += isRevoked(list, each);
  return (list.revoked[2 * rank] * 256 + list.revoked[2 * rank + 1]) * 86400;
}

/* ---- signed PDF files: every byte is as it was signed, or the file is refused ---- */
function elementAt(bytes, start) {
  let at = start + 2, size = bytes[start + 1];
  if (size & 0x80) {
    const end = at + (size & 0x7f);
    for (size = 0; at < end; at++) size = size * 256 + bytes[at];
  }
  if (!(at + size <= bytes.length)) throw new Error("length");
  return { whole: bytes.slice(start, at + size), inner: bytes.slice(at, at + size) };
}
function inside(element) {
  const found = [];
  for (let at = 0; at < element.inner.length; at += found[found.length - 1].whole.length) found.push(elementAt(element.inner, at));
  return found;
}
const joined = (...parts) => Uint8Array.from(parts.flatMap((part) => [...part]));
function der(tag, ...parts) {
  const content = joined(...parts), size = content.length;
  const length = size < 128 ? [size] : size < 256 ? [0x81, size] : [0x82, size >> 8, size & 255];
  return joined([tag], length, content);
}
const asHex = (bytes) => [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
const fromHex = (digits) => Uint8Array.from(digits.match(/../g) || [], (two) => parseInt(two, 16));
const digestOf = async (name, content) => asHex(new Uint8Array(await crypto.subtle.digest(name, content)));
const [V1, ED25519, SHA512, DATA, SIGNED_DATA] = [
  "020101", "300506032b6570", "300d06096086480165030402030500", "300b06092a864886f70d010701", "06092a864886f70d010702",
].map(fromHex);
const [DIGEST, SIGNER] = ["06092a864886f70d010904", "060b2a864886f70d010910022f"];
function openContainer(box) {
  const [, , , certs, signers] = inside(inside(inside(elementAt(box, 0))[1])[0]);
  const [cert] = inside(certs);
  const [, , , attributes, , signature] = inside(inside(signers)[0]);
  const [, serial, , issuer] = inside(inside(cert)[0]);
  const signer = der(0x30, V1, der(0x30, issuer.whole, serial.whole), SHA512, attributes.whole, ED25519, signature.whole);
  const content = der(0x30, V1, der(0x31, SHA512), DATA, der(0xa0, cert.whole), der(0x31, signer));
  const oneWay = asHex(der(0x30, SIGNED_DATA, der(0xa0, content)));
  if (asHex(box) !== oneWay.padEnd(box.length * 2, "0")) throw new Error("container");
  const said = Object.fromEntries(inside(attributes).map((each) => {
    const [name, values] = inside(each);
    return [asHex(name.whole), inside(values)[0]];
  }));
  const told = inside(inside(inside(said[SIGNER])[0])[0])[0];
  return { cert, attributes, signature, kid: asHex(serial.inner).replace(/^0+/, "").padStart(8, "0"),
    digest: asHex(said[DIGEST].inner), certDigest: asHex(told.inner) };
}
async function tokenOf(bytes) {
  const written = new TextDecoder("latin1").decode(bytes);
  const words = written.match(/\/Keywords \(([\w\\-]+)\)/);
  const signed = [...written.matchAll(/\/Contents <([0-9A-F]+)>/g)];
  if (!words || !signed.length) return null;
  const token = words[1].replace(/\\([0-7]{3})/g, (_, digits) => String.fromCharCode(parseInt(digits, 8)));
  const named = trust.keys[keyNamed(token)];
  if (!named) return token;
  const found = openContainer(fromHex(signed[0][1]));
  const key = trust.keys[found.kid];
  const from = signed[0].index + "/Contents ".length;
  const vouched = joined(bytes.slice(0, from), bytes.slice(from + signed[0][1].length + 2));
  const isWhole = signed.length === 1 && key.iss === named.iss && found.digest === await digestOf("SHA-512", vouched) &&
    found.certDigest === await digestOf("SHA-256", found.cert.whole) &&
    await verify(decode(key.x), found.signature.inner, joined([0x31], found.attributes.whole.slice(1)));
  if (!isWhole) throw new Error("signature");
  return token;
}

/* ---- pictures of a code ---- */
async function codeIn(file) {
  const picture = await createImageBitmap(file).catch(() => null);
  if (!picture) return null;
  if ("BarcodeDetector" in window) {
    const found = await (async () => new BarcodeDetector({ formats: ["qr_code"] }).detect(picture))().catch(() => []);
    if (found.length) return found[0].rawValue;
  }
  const longest = Math.max(picture.width, picture.height);
  for (const side of [1200, 2400, 600, 4000]) {
    const scale = Math.min(side / longest, 1);
    const [width, height] = [picture.width, picture.height].map((each) => Math.max(Math.round(each * scale), 1));
    const drawn = Object.assign(document.createElement("canvas"), { width, height }).getContext("2d");
    drawn.fillStyle = "#fff";
    drawn.fillRect(0, 0, width, height);
    drawn.drawImage(picture, 0, 0, width, height);
    const found = jsQR(drawn.getImageData(0, 0, width, height).data, width, height);
    if (found && found.data) return found.data;
  }
  return null;
}

/* ---- the answers ---- */
// A last day is signed as its end in UTC, and ends where the certificate is checked.
const asUtc = (seconds) => seconds - 60 * new Date(seconds * 1000).getTimezoneOffset();
const CODE = /^(eyJ|[\w-]{10,}\.[\w-]{10,}\.[\w-]{10,}$)/;
const SLACK = 600; // seconds that two clocks may be apart
async function check(given, now = Date.now() / 1000) {
  const token = given.replace(/\s+/g, "");
  let key, stated;
  try {
    key = trust.keys[keyNamed(token)];
    if (!key) return { answer: "UNKNOWN_ISSUER" };
    stated = JSON.parse(text.decode(await openSigned(token, key)));
    if (!/^[A-Z]{2}-[A-Z]{6}-\d{7,10}-\d{2}$/.test(stated.jti) || !Array.isArray(stated.cert)) throw new Error("kind");
  } catch (error) {
    return { answer: CODE.test(token) ? "NOT_GENUINE" : "NO_CODE" };
  }
  if (!stated.jti.startsWith(`${key.iss}-`) || !signedThen(key, stated.iat)) return { answer: "UNKNOWN_ISSUER" };
  const list = trust.lists[key.iss];
  const serial = Number(stated.jti.split("-")[2]);
  const day = stated.exp === undefined ? null : stated.exp;
  if (list && isRevoked(list, serial)) return { answer: "REVOKED", stated, day: revokedOn(list, serial) };
  if (day !== null && day < asUtc(now)) return { answer: "EXPIRED", stated, day };
  if (now + SLACK < Math.max(stated.iat, list ? list.iat : 0)) return { answer: "CLOCK_BEHIND", stated };
  if (!list) return { answer: "NO_LIST", stated };
  const days = Math.max(Math.floor((now - list.iat) / 86400), 0);
  if (days > list.days) return { answer: "LIST_TOO_OLD", stated, days };
  return { answer: day === null ? "VALID_ALWAYS" : "VALID", stated, day };
}

/* ---- the page ---- */
const language = () => byId("language").value;
const says = (key) => WORDS[language()][key];
function sayDay(seconds) {
  if (seconds === null || seconds === undefined) return "—";
  const form = new Intl.DateTimeFormat(language(), { dateStyle: "long", timeZone: "UTC" });
  return form.format(new Date(seconds * 1000));
}
function sayMoment(seconds) {
  const form = { dateStyle: "long", timeStyle: "short", timeZone: "UTC" };
  return `${new Intl.DateTimeFormat(language(), form).format(new Date(seconds * 1000))} UTC`;
}
function tellTrust() {
  byId("noted").textContent = noted && says(noted);
  const dates = Object.values(trust.lists).map((list) => `${list.iss}: ${sayMoment(list.iat)}`);
  byId("known").textContent = dates.join(" · ") || says("no_lists");
}
function tell() {
  if (!shown) return;
  const { answer, stated, day, days } = shown;
  const box = byId("answer");
  box.hidden = false;
  box.className = answer.startsWith("VALID") ? "good" : "bad";
  byId("said").textContent = says(answer).replace("%(day)s", sayDay(day)).replace("%(days)s", days);
  const facts = stated
    ? { number: stated.jti, kind: says(stated.cert[0]), allows: says(stated.cert[1]) || stated.cert[1],
        of: stated.sub, name: stated.cert[2], issued: sayDay(asUtc(stated.iat)), until: sayDay(stated.exp) }
    : {};
  byId("facts").replaceChildren(...Object.entries(facts).flatMap(([name, value]) => {
    const [term, told] = [document.createElement("dt"), document.createElement("dd")];
    term.textContent = says(name);
    told.append(document.createElement("bdi"));
    told.firstChild.textContent = value || "—";
    return [term, told];
  }));
}
function speak() {
  document.documentElement.lang = language();
  document.documentElement.dir = language() === "ar" ? "rtl" : "ltr";
  for (const each of document.querySelectorAll("[data-word]")) each.textContent = says(each.dataset.word);
  tellTrust();
  tell();
}
const isAble = crypto.subtle && window.DecompressionStream;
let taken = () => Promise.resolve(shown);
async function take(read) {
  taken = async () => (isAble ? read() : { answer: "cannot" });
  shown = await taken();
  tell();
}
async function checkDocument(bytes) {
  try {
    const token = await tokenOf(bytes);
    return token === null ? { answer: "no_signature" } : await check(token);
  } catch (error) {
    return { answer: "NOT_GENUINE" };
  }
}
async function checkPicture(file) {
  const code = await codeIn(file);
  return code === null ? { answer: "no_code" } : check(code);
}
function textOf(bytes) {
  const name = { 0xfeff: "utf-16be", 0xfffe: "utf-16le" }[(bytes[0] << 8) | bytes[1]];
  return new TextDecoder(name || "utf-8").decode(bytes);
}
async function learn(told) {
  noted = "";
  noted = await believe(told);
  tellTrust();
  shown = await taken();
  tell();
}
async function readFile(file) {
  if (file.type.startsWith("image/")) return take(() => checkPicture(file));
  const bytes = new Uint8Array(await file.arrayBuffer());
  const content = textOf(bytes);
  if (content.startsWith("%PDF-")) return take(() => checkDocument(bytes));
  if (/^\s*TRUST=/.test(content)) return Promise.resolve(content.replace(/^\s*TRUST=/, "")).then(JSON.parse).then(learn).catch(() => take(() => ({ answer: "damaged" })));
  return take(() => check(content));
}
byId("form").addEventListener("submit", (event) => {
  event.preventDefault();
  const given = byId("code").value;
  take(() => check(given));
});
byId("file").addEventListener("change", (event) => readFile(event.target.files[0]));
byId("language").addEventListener("change", speak);
const preferred = (navigator.language || "en").slice(0, 2);
if (WORDS[preferred]) byId("language").value = preferred;
speak();
if (window.TRUST) {
  believe(window.TRUST).then((told) => {
    noted = ["taken", "nothing"].includes(told) ? "" : told;
    tellTrust();
  });
} else {
  noted = "no_file";
  tellTrust();
}
