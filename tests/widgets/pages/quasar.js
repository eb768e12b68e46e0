import * as Quasar from 'quasar';
import 'quasar/dist/quasar.css';
import { createApp, reactive, ref } from 'vue';
import { posts, root } from './form.js';

const held = reactive({ name: '', message: '', reason: null, reasons: [], found: null, day: '', reply: '', terms: false, news: false, volume: 50,
  files: null, boxes: [], phone: '', size: '', stars: 0 });
for (const name of Object.keys(held)) posts(name, () => String(held[name] ?? ''));
posts('files', () => [held.files ?? []].flat().map(({ name }) => name).join(','));
const template = `<q-input label="Name" v-model="held.name" /><q-input type="textarea" label="Message" v-model="held.message" />
<q-input label="Phone" mask="(###) ###-####" v-model="held.phone" />
<q-select label="Reason" :options="items" v-model="held.reason" /><q-select label="Reasons" :options="items" multiple v-model="held.reasons" use-chips />
<q-select label="Found reason" :options="some" v-model="held.found" use-input @filter="filter" />
<q-input label="Mailed on" v-model="held.day" mask="date"><template #append><q-icon name="event"><q-popup-proxy><q-date v-model="held.day" /></q-popup-proxy></q-icon></template></q-input>
<div id="rl">Reply by</div><q-option-group aria-labelledby="rl" v-model="held.reply" :options="[{ label: 'Email', value: 'email' }, { label: 'Phone', value: 'phone' }]" />
<div id="bl">What happened</div><q-option-group aria-labelledby="bl" type="checkbox" v-model="held.boxes" :options="items.map((value) => ({ label: value, value }))" />
<q-checkbox label="I agree" v-model="held.terms" /><q-toggle label="News" v-model="held.news" />
<div>Volume</div><q-slider aria-label="Volume" v-model="held.volume" :step="5" style="width: 300px" />
<q-file label="Papers" multiple v-model="held.files" />
<div>Size</div><q-btn-toggle v-model="held.size" :options="[{ label: 'Small', value: 'small' }, { label: 'Large', value: 'large' }]" />`;
const items = ['Late', 'Lost', 'Lost and found', 'Wet'];
const some = ref(items);
const filter = (term, update) => update(() => { some.value = items.filter((each) => each.startsWith(term)); });
createApp({ template, setup: () => ({ held, items, some, filter }) }).use(Quasar.Quasar, { components: Quasar }).mount(root);
