import TomSelect from 'tom-select';
import 'tom-select/dist/css/tom-select.default.css';
import { root } from './form.js';

const options = '<option>Late<option>Lost<option>Lost and found<option>Wet';
root.innerHTML = `<p><label for="one">Reason</label> <select id="one" name="one"><option value="">Choose</option>${options}</select>
<p><label for="many">Reasons</label> <select id="many" name="many" multiple>${options}</select>
<p><label for="made">Words</label> <input id="made" name="made">
<p><label for="late">Found reason</label> <select id="late" name="late"></select>
<p><label for="closed">Outcome</label> <select id="closed" name="closed"><option value="">Choose</option>${options}</select>`;
new TomSelect('#one', {});
new TomSelect('#many', { plugins: ['remove_button'] });
new TomSelect('#made', { create: true });
new TomSelect('#late', {
  load: (term, done) => setTimeout(() => done(['Late', 'Lost', 'Wet'].filter((each) => each.startsWith(term)).map((text) => ({ value: text, text }))), 100),
});
new TomSelect('#closed', { controlInput: null });
