import Choices from 'choices.js';
import 'choices.js/public/assets/styles/choices.css';
import { root } from './form.js';

const options = '<option>Late<option>Lost<option>Lost and found<option>Wet';
root.innerHTML = `<label for="one">Reason</label><select id="one" name="one"><option value="">Choose</option>${options}</select>
<label for="closed">Outcome</label><select id="closed" name="closed"><option value="">Choose</option>${options}</select>
<label id="l" for="labelled">Cause</label><select id="labelled" name="labelled"><option value="">Choose</option>${options}</select>
<label for="many">Reasons</label><select id="many" name="many" multiple>${options}</select>
<label for="tags">Words</label><input id="tags" name="tags">`;
new Choices('#one');
new Choices('#closed', { searchEnabled: false });
new Choices('#labelled', { labelId: 'l' });
new Choices('#many', { removeItemButton: true });
new Choices('#tags');
