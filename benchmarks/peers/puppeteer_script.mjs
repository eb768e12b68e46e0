// What one would write by hand with Puppeteer. Usage: puppeteer_script.mjs BROWSER URL FOLDER

import { readFileSync } from "node:fs";
import puppeteer from "puppeteer";

const [executablePath, url, folder] = process.argv.slice(2);
const inquiry = JSON.parse(readFileSync(new URL("inquiry.json", import.meta.url)));
const browser = await puppeteer.launch({
  executablePath,
  defaultViewport: { width: 1280, height: 960 },
  args: process.getuid() ? [] : ["--no-sandbox"],
});
const page = await browser.newPage();

const withText = (tag, text) => page.locator(`::-p-xpath(//${tag}[normalize-space()="${text}"])`);
const heading = (text) => withText("h2", text).wait();
const next = () => withText("button", "Next").click();
const shot = (name) => page.screenshot({ path: `${folder}/${name}.png`, fullPage: true });
const fill = (name, value) => page.locator(`[name=${name}]`).fill(value);

const actions = {
  fill,
  select: async (name, value) => {
    const option = await page.$(`[name=${name}] ::-p-xpath(.//option[normalize-space()="${value}"])`);
    await page.select(`[name=${name}]`, await option.evaluate((node) => node.value));
  },
  pick: async (name, value) => {
    await page.locator(`[name=${name}]`).click();
    await withText('*[@role="option"]', value).click();
  },
  choose: (_name, value) => withText("label", value).click(),
  look_up: async (name, value) => {
    await fill(name, value);
    await page.keyboard.press("Tab");
    await withText("h3", "Mailpiece information").wait();
  },
};
const fillPage = async (rows) => {
  for (const [action, name, value] of rows) await actions[action](name, value);
};

await page.goto(`${url}/help/contact-us.htm`);
await shot("1-contact-us");
await withText("a", "Email Us").click();
await heading("Problem Details");
await fillPage(inquiry.problem);
await shot("2-problem-details");
await next();
await heading("Contact Information");
await fillPage(inquiry.contact);
await shot("3-contact-information");
await next();
await heading("Review");
await shot("4-review");
await next();
await heading("Submit");
await shot("5-submit");
await withText("button", "Submit").click();
await heading("Thank you for contacting us");
await shot("6-confirmation");
console.log((await page.$eval(".case-number", (node) => node.textContent)).match(/[0-9]{8}/)[0]);
await browser.close();
