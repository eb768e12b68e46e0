import '@awesome.me/webawesome/dist/styles/webawesome.css';
import '@awesome.me/webawesome/dist/components/input/input.js';
import '@awesome.me/webawesome/dist/components/textarea/textarea.js';
import '@awesome.me/webawesome/dist/components/select/select.js';
import '@awesome.me/webawesome/dist/components/option/option.js';
import '@awesome.me/webawesome/dist/components/radio-group/radio-group.js';
import '@awesome.me/webawesome/dist/components/radio/radio.js';
import '@awesome.me/webawesome/dist/components/checkbox/checkbox.js';
import '@awesome.me/webawesome/dist/components/switch/switch.js';
import '@awesome.me/webawesome/dist/components/slider/slider.js';
import { root } from './form.js';

const options = ['Late', 'Lost', 'Lost and found', 'Wet'].map((each) => `<wa-option value="${each.toLowerCase().replaceAll(' ', '-')}">${each}</wa-option>`).join('');
root.innerHTML = `
  <wa-input label="Name" name="name"></wa-input><wa-textarea label="Message" name="message"></wa-textarea>
  <wa-select label="Reason" name="one" placeholder="Choose">${options}</wa-select>
  <wa-select label="Reasons" name="many" multiple>${options}</wa-select>
  <wa-radio-group label="Reply by" name="reply"><wa-radio value="email">Email</wa-radio><wa-radio value="phone">Phone</wa-radio></wa-radio-group>
  <wa-checkbox name="terms">I agree</wa-checkbox><br><wa-switch name="news">News</wa-switch>
  <wa-slider label="Volume" name="volume" min="0" max="100" step="5" value="50"></wa-slider>
  <wa-input type="date" label="Mailed on" name="day"></wa-input>`;
