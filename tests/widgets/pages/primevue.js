import Aura from '@primeuix/themes/aura';
import PrimeVue from 'primevue/config';
import AutoComplete from 'primevue/autocomplete';
import Checkbox from 'primevue/checkbox';
import DatePicker from 'primevue/datepicker';
import FileUpload from 'primevue/fileupload';
import FloatLabel from 'primevue/floatlabel';
import InputMask from 'primevue/inputmask';
import InputNumber from 'primevue/inputnumber';
import InputText from 'primevue/inputtext';
import Listbox from 'primevue/listbox';
import MultiSelect from 'primevue/multiselect';
import RadioButton from 'primevue/radiobutton';
import Rating from 'primevue/rating';
import Select from 'primevue/select';
import SelectButton from 'primevue/selectbutton';
import Slider from 'primevue/slider';
import Textarea from 'primevue/textarea';
import ToggleSwitch from 'primevue/toggleswitch';
import { createApp, reactive, ref } from 'vue';
import { posts, root } from './form.js';

const held = reactive({ name: '', message: '', reason: null, found: null, reasons: [], day: null, closed: null, city: null, copies: null, phone: null, reply: '',
  terms: false, news: false, volume: 50, size: null, list: null, files: [], boxes: [], stars: null });
for (const name of Object.keys(held)) posts(name, () => String(held[name] ?? ''));
posts('day', () => (held.day ? new Date(held.day).toLocaleDateString('en-CA') : ''));
posts('closed', () => (held.closed ? new Date(held.closed).toLocaleDateString('en-CA') : ''));
posts('files', () => held.files.map(({ name }) => name).join(','));
const template = `<p><FloatLabel><InputText id="name" v-model="held.name" /><label for="name">Name</label></FloatLabel></p>
<p><label for="message">Message</label> <Textarea id="message" v-model="held.message" /></p>
<p><label for="reason">Reason</label> <Select inputId="reason" v-model="held.reason" :options="items" placeholder="Choose" /></p>
<p><label for="found">Found reason</label> <Select inputId="found" labelId="found" v-model="held.found" :options="items" filter placeholder="Choose" /></p>
<p><span id="ll">Cause</span> <Select ariaLabelledby="ll" v-model="held.list" :options="items" /></p>
<p><label for="reasons">Reasons</label> <MultiSelect inputId="reasons" v-model="held.reasons" :options="items" /></p>
<p><label for="day">Mailed on</label> <DatePicker inputId="day" v-model="held.day" /></p>
<p><label for="closed">Lost on</label> <DatePicker inputId="closed" v-model="held.closed" :manualInput="false" /></p>
<p><label for="city">City</label> <AutoComplete inputId="city" v-model="held.city" :suggestions="cities" @complete="complete" /></p>
<p><label for="copies">Copies</label> <InputNumber inputId="copies" v-model="held.copies" showButtons /></p>
<p><label for="phone">Phone</label> <InputMask id="phone" v-model="held.phone" mask="(999) 999-9999" /></p>
<fieldset><legend>Reply by</legend><RadioButton inputId="r1" v-model="held.reply" name="reply" value="email" /> <label for="r1">Email</label> <RadioButton inputId="r2" v-model="held.reply" name="reply" value="phone" /> <label for="r2">Phone</label></fieldset>
<fieldset><legend>What happened</legend><span v-for="each in items" :key="each"><Checkbox :inputId="'b' + each" v-model="held.boxes" name="boxes" :value="each" /> <label :for="'b' + each">{{ each }}</label> </span></fieldset>
<p><Checkbox inputId="terms" v-model="held.terms" binary /> <label for="terms">I agree</label></p>
<p><ToggleSwitch inputId="news" v-model="held.news" /> <label for="news">News</label></p>
<p id="lv">Volume</p><Slider aria-labelledby="lv" v-model="held.volume" :step="5" style="width: 200px" />
<p id="ls">Size</p><SelectButton aria-labelledby="ls" v-model="held.size" :options="['Small', 'Large']" />
<p>Stars <Rating v-model="held.stars" /></p>
<p>Papers <FileUpload mode="basic" multiple customUpload @select="(event) => held.files = event.files" chooseLabel="Add papers" /></p>`;
const items = ['Late', 'Lost', 'Lost and found', 'Wet'];
const cities = ref([]);
const complete = ({ query }) => { cities.value = ['Reston', 'Restinga', 'Rome'].filter((each) => each.startsWith(query)); };
const app = createApp({ template, setup: () => ({ held, items, cities, complete }) }).use(PrimeVue, { theme: { preset: Aura } });
const parts = { AutoComplete, Checkbox, DatePicker, FileUpload, FloatLabel, InputMask, InputNumber, InputText, Listbox, MultiSelect, RadioButton, Rating,
  Select, SelectButton, Slider, Textarea, ToggleSwitch };
for (const [name, part] of Object.entries(parts)) app.component(name, part);
app.mount(root);
