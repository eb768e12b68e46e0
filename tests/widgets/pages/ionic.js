import '@ionic/core/css/core.css';
import { initialize } from '@ionic/core/components';
import { defineCustomElement as select } from '@ionic/core/components/ion-select.js';
import { defineCustomElement as option } from '@ionic/core/components/ion-select-option.js';
import { defineCustomElement as input } from '@ionic/core/components/ion-input.js';
import { defineCustomElement as textarea } from '@ionic/core/components/ion-textarea.js';
import { defineCustomElement as radio } from '@ionic/core/components/ion-radio.js';
import { defineCustomElement as radios } from '@ionic/core/components/ion-radio-group.js';
import { defineCustomElement as checkbox } from '@ionic/core/components/ion-checkbox.js';
import { defineCustomElement as toggle } from '@ionic/core/components/ion-toggle.js';
import { defineCustomElement as range } from '@ionic/core/components/ion-range.js';
import { defineCustomElement as popover } from '@ionic/core/components/ion-popover.js';
import { defineCustomElement as alert } from '@ionic/core/components/ion-alert.js';
import { root, posts } from './form.js';

initialize({ mode: 'md' });
for (const define of [select, option, input, textarea, radio, radios, checkbox, toggle, range, popover, alert]) define();
const options = ['Late', 'Lost', 'Lost and found', 'Wet'].map((each) => `<ion-select-option value="${each.toLowerCase()}">${each}</ion-select-option>`).join('');
root.innerHTML = `
  <ion-input label="Name" label-placement="stacked" name="name"></ion-input>
  <ion-textarea label="Message" label-placement="stacked" name="message"></ion-textarea>
  <ion-select label="Reason" label-placement="stacked" name="one">${options}</ion-select>
  <ion-select label="Outcome" label-placement="stacked" name="other" interface="popover">${options}</ion-select>
  <p id="r">Reply by</p><ion-radio-group name="reply" aria-labelledby="r"><ion-radio value="email">Email</ion-radio><br><ion-radio value="phone">Phone</ion-radio></ion-radio-group>
  <p><ion-checkbox name="terms">I agree</ion-checkbox></p><p><ion-toggle name="news">News</ion-toggle></p>
  <ion-range label="Volume" name="volume" step="5" value="50" style="width: 300px"></ion-range>
  <ion-input type="date" label="Mailed on" label-placement="stacked" name="day"></ion-input>`;
for (const each of ['one', 'other', 'reply', 'volume']) posts(each, () => document.querySelector(`[name=${each}]`).value ?? '');
for (const each of ['terms', 'news']) posts(each, () => (document.querySelector(`[name=${each}]`).checked ? 'on' : ''));
