import '@material/web/all.js';
import { root } from './form.js';

const options = ['', 'Late', 'Lost', 'Lost and found', 'Wet'].map((each) => `<md-select-option value="${each.toLowerCase()}"><div slot="headline">${each}</div></md-select-option>`).join('');
root.innerHTML = `
  <p><md-outlined-text-field label="Name" name="name"></md-outlined-text-field></p>
  <p><md-filled-text-field type="textarea" label="Message" name="message"></md-filled-text-field></p>
  <div><md-outlined-select label="Reason" name="one">${options}</md-outlined-select></div>
  <p><label><md-checkbox name="terms"></md-checkbox> I agree</label></p><p><label>News <md-switch name="news"></md-switch></label></p>
  <div role="radiogroup" aria-labelledby="r"><span id="r">Reply by</span>
    <md-radio id="e" name="reply" value="email" aria-label="Email"></md-radio><label for="e">Email</label>
    <md-radio id="p" name="reply" value="phone" aria-label="Phone"></md-radio><label for="p">Phone</label></div>
  <p><md-slider aria-label="Volume" name="volume" step="5" value="50"></md-slider></p>
  <p><md-outlined-text-field type="date" label="Mailed on" name="day"></md-outlined-text-field></p>`;
