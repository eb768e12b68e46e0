import Cleave from 'cleave.js';
import { root } from './form.js';

root.innerHTML = `<p><label for="card">Number</label> <input id="card" name="card"><p><label for="day">Mailed on</label> <input id="day" name="day">
<p><label for="amount">Amount</label> <input id="amount" name="amount">`;
new Cleave('#card', { blocks: [4, 4, 4], delimiter: ' ', numericOnly: true });
new Cleave('#day', { date: true, datePattern: ['m', 'd', 'Y'] });
new Cleave('#amount', { numeral: true });
