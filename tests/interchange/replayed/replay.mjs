// Replays a recording of Chrome's Recorder. Usage: replay.mjs BROWSER RECORDING

import { readFileSync } from "node:fs";
import { createRunner, parse, PuppeteerRunnerExtension } from "@puppeteer/replay";
import puppeteer from "puppeteer";

const [executablePath, file] = process.argv.slice(2);
const browser = await puppeteer.launch({ executablePath, args: process.getuid() ? [] : ["--no-sandbox"] });
try {
  const page = await browser.newPage();
  const flow = parse(JSON.parse(readFileSync(file, "utf8")));
  await (await createRunner(flow, new PuppeteerRunnerExtension(browser, page, { timeout: 10_000 }))).run();
} finally {
  await browser.close();
}
