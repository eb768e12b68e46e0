import { createApp, reactive } from 'vue';
import { createVuetify } from 'vuetify';
import * as components from 'vuetify/components';
import 'vuetify/dist/vuetify.css';
import { posts, root } from './form.js';

const held = reactive({ name: '', message: '', reason: null, reasons: [], found: null, founds: [], own: null, terms: false, news: false,
  reply: null, volume: 50, files: null, day: null });
for (const name of ['reason', 'reasons', 'found', 'founds', 'own', 'terms', 'news', 'reply', 'volume']) posts(name, () => String(held[name] ?? ''));
posts('files', () => [held.files ?? []].flat().map(({ name }) => name).join(','));
posts('day', () => (held.day ? new Date(held.day).toLocaleDateString('en-CA') : ''));
const template = `<v-app><v-text-field label="Name" name="name" v-model="held.name" /><v-textarea label="Message" name="message" v-model="held.message" />
<v-select label="Reason" :items="items" v-model="held.reason" /><v-select label="Reasons" :items="items" multiple v-model="held.reasons" />
<v-autocomplete label="Found reason" :items="items" v-model="held.found" />
<v-autocomplete label="Found reasons" :items="items" multiple chips v-model="held.founds" />
<v-combobox label="Your reason" :items="items" v-model="held.own" />
<v-checkbox label="I agree" v-model="held.terms" /><v-switch label="News" v-model="held.news" />
<v-radio-group label="Reply by" v-model="held.reply"><v-radio label="Email" value="email" /><v-radio label="Phone" value="phone" /></v-radio-group>
<v-slider label="Volume" v-model="held.volume" :step="5" /><v-file-input label="Picture" multiple v-model="held.files" />
<v-date-input label="Mailed on" v-model="held.day" /></v-app>`;
const items = ['Late', 'Lost', 'Lost and found', 'Wet'];
createApp({ template, setup: () => ({ held, items }) }).use(createVuetify({ components })).mount(root);
