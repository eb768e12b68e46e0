import { test, expect } from '@playwright/test';

test('test', async ({ page }) => {
  await page.goto('https://www.acme.example/contact');
  await page.getByRole('textbox', { name: 'First name' }).click();
  await page.getByRole('textbox', { name: 'First name' }).fill('Maria');
  await page.getByLabel('Last name').fill('O\'Brien');
  await page.getByPlaceholder('E-mail').fill("maria.obrien@example.com");
  await page.getByLabel('Colour of the box').selectOption({ label: 'Blue as the sky' });
  await page.getByRole('radio', { name: 'By mail' }).check();
  await page.locator('#message').fill('It has not arrived.\nPlease look. \u{1F4E6} \u00fc');
  await page.getByLabel('Photograph').setInputFiles('box.jpg');
  await page.getByRole('button', { name: 'Send', exact: true }).click();
  await expect(page.getByRole('heading')).toContainText('Thank you');
});
