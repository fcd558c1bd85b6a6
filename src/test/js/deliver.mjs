// Sends what stands in a plan, signed by Svix's own library, as Svix does: again and again, signed
// anew, until it is answered 2xx. What is forged is sent until it is answered at all.
//   node deliver.mjs URL PLAN RESULTS CONCURRENCY
import { createWriteStream, readFileSync } from "node:fs";
import http from "node:http";
import { createRequire } from "node:module";
import { join } from "node:path";

const { Webhook } = createRequire(join(process.cwd(), "x.js"))("svix");
const [url, plan, results, concurrency] = process.argv.slice(2);
const target = new URL(url);
const agent = new http.Agent({ keepAlive: true, maxSockets: Number(concurrency) + 4 });
const out = createWriteStream(results, { flags: "a" });
const LONGEST = 30_000;

const lines = readFileSync(plan, "utf8").trim().split("\n").map(JSON.parse);

/** What is sent, as it is signed or as somebody forges it. */
function signed(line) {
  const now = Date.now();
  const shift = { old: -301_000, early: 302_000 }[line.forged] ?? 0;
  const at = new Date(now + shift);
  const secret = line.forged === "retired" || line.forged === "other" ? line.wrongSecret : line.secret;
  const signature = new Webhook(secret).sign(line.id, at, line.body);
  let body = Buffer.from(line.body, "utf8");
  if (line.forged === "flipped") {
    const bit = line.bit % (body.length * 8);
    body[bit >> 3] ^= 1 << (bit & 7);
  }
  if (line.forged === "reserialised") body = Buffer.from(JSON.stringify(JSON.parse(line.body), null, 1));
  return {
    body,
    headers: {
      "content-type": "application/json",
      "content-length": body.length,
      "svix-id": line.id,
      "svix-timestamp": Math.floor(at.getTime() / 1000).toString(),
      "svix-signature": signature,
    },
  };
}

function post(line) {
  const { body, headers } = signed(line);
  const begun = performance.now();
  return new Promise((done) => {
    const request = http.request(
      { host: target.hostname, port: target.port, path: target.pathname, method: "POST", agent, headers, timeout: LONGEST },
      (answer) => {
        answer.resume();
        answer.on("end", () => done({ status: answer.statusCode, ms: performance.now() - begun, at: Date.now() }));
        answer.on("error", () => done({ status: 0, ms: performance.now() - begun, at: Date.now() }));
      },
    );
    request.on("timeout", () => request.destroy());
    request.on("error", () => done({ status: 0, ms: performance.now() - begun, at: Date.now() }));
    request.end(body);
  });
}

async function deliver(line) {
  const tries = [];
  for (let wait = 100; ; wait = Math.min(wait * 2, 2_000)) {
    const answer = await post(line);
    tries.push([answer.status, Math.round(answer.ms), answer.at]);
    const settled = line.forged ? answer.status >= 200 && answer.status < 500 : answer.status >= 200 && answer.status < 300;
    if (settled) break;
    await new Promise((go) => setTimeout(go, wait));
  }
  out.write(JSON.stringify({ id: line.id, forged: line.forged, tries }) + "\n");
}

let next = 0;
async function sender() {
  while (next < lines.length) {
    const line = lines[next++];
    // The two of a pair leave together.
    const pair = line.pair && next < lines.length && lines[next].id === line.id ? lines[next++] : null;
    await Promise.all(pair ? [deliver(line), deliver(pair)] : [deliver(line)]);
    if (line.pause) await new Promise((go) => setTimeout(go, line.pause));
  }
}
await Promise.all(Array.from({ length: Number(concurrency) }, sender));
out.end();
await new Promise((done) => out.on("finish", done));
agent.destroy();
