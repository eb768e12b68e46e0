import naive from 'naive-ui';
import { createApp, reactive } from 'vue';
import { posts, root } from './form.js';

const held = reactive({ name: '', reason: null, reasons: [], found: null, day: null, reply: null, boxes: [], terms: false, news: false, copies: 1, volume: 50,
  city: '', path: null, files: [] });
for (const name of Object.keys(held)) posts(name, () => String(held[name] ?? ''));
posts('files', () => held.files.map(({ name }) => name).join(','));
const template = `<n-form label-placement="top"><n-form-item label="Name"><n-input v-model:value="held.name" placeholder="" /></n-form-item>
<n-form-item label="Reason"><n-select v-model:value="held.reason" :options="items" /></n-form-item>
<n-form-item label="Found reason"><n-select v-model:value="held.found" :options="items" filterable /></n-form-item>
<n-form-item label="Reasons"><n-select v-model:value="held.reasons" :options="items" multiple /></n-form-item>
<n-form-item label="Mailed on"><n-date-picker v-model:formatted-value="held.day" value-format="yyyy-MM-dd" /></n-form-item>
<n-form-item label="Reply by"><n-radio-group v-model:value="held.reply" name="reply"><n-radio value="email">Email</n-radio><n-radio value="phone">Phone</n-radio></n-radio-group></n-form-item>
<n-form-item label="What happened"><n-checkbox-group v-model:value="held.boxes"><n-checkbox v-for="each in items" :key="each.value" :value="each.value" :label="each.label" /></n-checkbox-group></n-form-item>
<n-form-item><n-checkbox v-model:checked="held.terms">I agree</n-checkbox></n-form-item>
<n-form-item label="News"><n-switch v-model:value="held.news" /></n-form-item>
<n-form-item label="Copies"><n-input-number v-model:value="held.copies" /></n-form-item>
<n-form-item label="Volume"><n-slider v-model:value="held.volume" :step="5" /></n-form-item>
<n-form-item label="City"><n-auto-complete v-model:value="held.city" :options="['Reston', 'Rome'].filter((each) => each.startsWith(held.city))" /></n-form-item>
<n-form-item label="Papers"><n-upload v-model:file-list="held.files" :default-upload="false" multiple><n-button>Select files</n-button></n-upload></n-form-item></n-form>`;
const items = ['Late', 'Lost', 'Lost and found', 'Wet'].map((label) => ({ label, value: label }));
createApp({ template, setup: () => ({ held, items }) }).use(naive).mount(root);
