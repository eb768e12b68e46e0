// Replays recording.json, in the format of the Chrome DevTools Recorder; its custom steps take the pictures.
// Usage: replay_script.mjs BROWSER URL FOLDER

import { readFileSync } from "node:fs";
import { createRunner, parse, PuppeteerRunnerExtension } from "@puppeteer/replay";
import puppeteer from "puppeteer";

const [executablePath, url, folder] = process.argv.slice(2);
const recorded = readFileSync(new URL("recording.json", import.meta.url), "utf8");
const flow = parse(JSON.parse(recorded.replace("http://127.0.0.1:8025", url)));
const browser = await puppeteer.launch({ executablePath, args: process.getuid() ? [] : ["--no-sandbox"] });
const page = await browser.newPage();

class WithPictures extends PuppeteerRunnerExtension {
  async runStep(step, flow) {
    if (step.type !== "customStep") return super.runStep(step, flow);
    await this.page.screenshot({ path: `${folder}/${step.parameters.name}.png`, fullPage: true });
  }
}

await (await createRunner(flow, new WithPictures(browser, page))).run();
console.log((await page.$eval(".case-number", (node) => node.textContent)).match(/[0-9]{8}/)[0]);
await browser.close();
