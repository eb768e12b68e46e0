import '@shoelace-style/shoelace/dist/themes/light.css';
import '@shoelace-style/shoelace/dist/shoelace.js';
import { root } from './form.js';

const options = ['Late', 'Lost', 'Lost and found', 'Wet'].map((each) => `<sl-option value="${each.toLowerCase().replaceAll(' ', '-')}">${each}</sl-option>`).join('');
root.innerHTML = `
  <sl-input label="Name" name="name"></sl-input><sl-textarea label="Message" name="message"></sl-textarea>
  <sl-select label="Reason" name="one" placeholder="Choose">${options}</sl-select>
  <sl-select label="Reasons" name="many" multiple clearable>${options}</sl-select>
  <sl-radio-group label="Reply by" name="reply"><sl-radio value="email">Email</sl-radio><sl-radio value="phone">Phone</sl-radio></sl-radio-group>
  <sl-radio-group label="Size" name="size"><sl-radio-button value="s">Small</sl-radio-button><sl-radio-button value="l">Large</sl-radio-button></sl-radio-group>
  <sl-checkbox name="terms">I agree</sl-checkbox><br><sl-switch name="news">News</sl-switch>
  <sl-range label="Volume" name="volume" min="0" max="100" step="5"></sl-range>
  <sl-input type="date" label="Mailed on" name="day"></sl-input>
  <sl-input type="number" label="Copies" name="copies"></sl-input>
  <div style="margin: 40px"><sl-rating label="Stars"></sl-rating></div>`;
document.querySelector('form').addEventListener('formdata', ({ formData }) => formData.set('stars', document.querySelector('sl-rating').value));
