import '@carbon/styles/css/styles.css';
import '@carbon/web-components/es/components/text-input/index.js';
import '@carbon/web-components/es/components/textarea/index.js';
import '@carbon/web-components/es/components/dropdown/index.js';
import '@carbon/web-components/es/components/combo-box/index.js';
import '@carbon/web-components/es/components/multi-select/index.js';
import '@carbon/web-components/es/components/select/index.js';
import '@carbon/web-components/es/components/radio-button/index.js';
import '@carbon/web-components/es/components/checkbox/index.js';
import '@carbon/web-components/es/components/toggle/index.js';
import '@carbon/web-components/es/components/number-input/index.js';
import '@carbon/web-components/es/components/slider/index.js';
import '@carbon/web-components/es/components/date-picker/index.js';
import { posts, root } from './form.js';

const items = (tag) => ['Late', 'Lost', 'Lost and found', 'Wet'].map((each) => `<${tag} value="${each.toLowerCase()}">${each}</${tag}>`).join('');
root.innerHTML = `
  <cds-text-input label="Name" name="name"></cds-text-input><cds-textarea label="Message" name="message"></cds-textarea>
  <cds-dropdown title-text="Reason" name="one" label="Choose">${items('cds-dropdown-item')}</cds-dropdown>
  <cds-combo-box title-text="Found reason" name="found" label="Choose">${items('cds-combo-box-item')}</cds-combo-box>
  <cds-multi-select title-text="Reasons" name="many" label="Choose">${items('cds-multi-select-item')}</cds-multi-select>
  <cds-select label-text="Outcome" name="native" placeholder="Choose">${items('cds-select-item')}</cds-select>
  <cds-radio-button-group legend-text="Reply by" name="reply"><cds-radio-button label-text="Email" value="email"></cds-radio-button><cds-radio-button label-text="Phone" value="phone"></cds-radio-button></cds-radio-button-group>
  <cds-checkbox name="terms" label-text="I agree"></cds-checkbox>
  <cds-toggle name="news" label-text="News"></cds-toggle>
  <cds-number-input label="Copies" name="copies"></cds-number-input>
  <cds-slider label-text="Volume" name="volume" min="0" max="100" value="50" step="5"></cds-slider>
  <p><input aria-label="Zip"> <input aria-label="State"></p><cds-date-picker name="day"><cds-date-picker-input kind="single" label-text="Mailed on" placeholder="mm/dd/yyyy"></cds-date-picker-input></cds-date-picker>`;
const of = (name) => document.querySelector(`[name=${name}]`);
for (const each of ['name', 'message', 'one', 'found', 'many', 'native', 'reply', 'copies', 'volume', 'day']) posts(each, () => String(of(each).value ?? ''));
posts('terms', () => String(of('terms').checked)); posts('news', () => String(of('news').toggled ?? of('news').checked));
