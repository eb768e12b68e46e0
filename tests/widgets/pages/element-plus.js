import ElementPlus from 'element-plus';
import 'element-plus/dist/index.css';
import { createApp, reactive } from 'vue';
import { posts, root } from './form.js';

const held = reactive({ name: '', reason: '', found: '', reasons: [], day: '', closed: '', path: [], reply: '', boxes: [], terms: false, news: false,
  copies: 1, volume: 50, city: '', files: [], size: '', message: '', stars: 0 });
for (const name of Object.keys(held)) posts(name, () => String(held[name] ?? ''));
posts('files', () => held.files.map(({ name }) => name).join(','));
const template = `<el-form label-width="140px" style="max-width: 600px">
<el-form-item label="Name"><el-input v-model="held.name" /></el-form-item>
<el-form-item label="Message"><el-input type="textarea" v-model="held.message" /></el-form-item>
<el-form-item label="Reason"><el-select v-model="held.reason"><el-option v-for="each in items" :key="each" :label="each" :value="each" /></el-select></el-form-item>
<el-form-item label="Found reason"><el-select v-model="held.found" filterable><el-option v-for="each in items" :key="each" :label="each" :value="each" /></el-select></el-form-item>
<el-form-item label="Reasons"><el-select v-model="held.reasons" multiple><el-option v-for="each in items" :key="each" :label="each" :value="each" /></el-select></el-form-item>
<el-form-item label="Mailed on"><el-date-picker v-model="held.day" value-format="YYYY-MM-DD" /></el-form-item>
<el-form-item label="Lost on"><el-date-picker v-model="held.closed" value-format="YYYY-MM-DD" :editable="false" /></el-form-item>
<el-form-item label="Place"><el-cascader v-model="held.path" :options="places" /></el-form-item>
<el-form-item label="Reply by"><el-radio-group v-model="held.reply"><el-radio value="email">Email</el-radio><el-radio value="phone">Phone</el-radio></el-radio-group></el-form-item>
<el-form-item label="Size"><el-radio-group v-model="held.size"><el-radio-button value="small">Small</el-radio-button><el-radio-button value="large">Large</el-radio-button></el-radio-group></el-form-item>
<el-form-item label="What happened"><el-checkbox-group v-model="held.boxes"><el-checkbox v-for="each in items" :key="each" :label="each" :value="each" /></el-checkbox-group></el-form-item>
<el-form-item><el-checkbox v-model="held.terms">I agree</el-checkbox></el-form-item>
<el-form-item label="News"><el-switch v-model="held.news" /></el-form-item>
<el-form-item label="Copies"><el-input-number v-model="held.copies" /></el-form-item>
<el-form-item label="Volume"><el-slider v-model="held.volume" :step="5" /></el-form-item>
<el-form-item label="City"><el-autocomplete v-model="held.city" :fetch-suggestions="cities" /></el-form-item>
<el-form-item label="Stars"><el-rate v-model="held.stars" /></el-form-item>
<el-form-item label="Papers"><el-upload v-model:file-list="held.files" :auto-upload="false" multiple><el-button>Select files</el-button></el-upload></el-form-item>
</el-form>`;
const items = ['Late', 'Lost', 'Lost and found', 'Wet'];
const leaf = (value) => ({ value, label: value });
const places = [{ ...leaf('Hall'), children: [leaf('Desk'), leaf('Door')] }, { ...leaf('Yard'), children: [leaf('Gate')] }];
const cities = (term, done) => setTimeout(() => done(['Reston', 'Restinga', 'Rome'].filter((each) => each.startsWith(term)).map((value) => ({ value }))), 50);
createApp({ template, setup: () => ({ held, items, places, cities }) }).use(ElementPlus).mount(root);
